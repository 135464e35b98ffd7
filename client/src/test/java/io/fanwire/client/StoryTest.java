package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribe;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * Random stories of a topic, its nodes and one subscription: publications, gaps, holes, restarts of Redis with and without
 * its data, connections to nodes that are behind. What the listener gets and is told to be missing is exactly the story:
 * {@link ListenerAccount} looks at each call.
 */
final class StoryTest {
    private static final Gap.Reason[] BOUNDED = {
        Gap.Reason.REASON_BACKPLANE_LOST, Gap.Reason.REASON_TOO_SLOW,
        Gap.Reason.REASON_HISTORY_EXCEEDED, Gap.Reason.REASON_CONFLATED
    };

    private TopicWorld world = new TopicWorld();
    private ListenerAccount account = new ListenerAccount(world);
    private Subscription subscription = subscription();
    private Random random = new Random(0);
    /** What the node has sent, in the epoch that it knows. */
    private Position sent = new Position(1, 0);
    /** Times at which the protocol leaves open how much is missing. */
    private int excuses;

    @RepeatedTest(200)
    void theListenerGetsTheWholeStory(RepetitionInfo repetition) {
        play(repetition.getCurrentRepetition(), 500);
    }

    @Test
    void theStoriesAreRich() {
        int messages = 0;
        int unbounded = 0;
        for (int seed = 1_000; seed < 1_050; seed++) {
            play(seed, 500);
            messages += account.delivered();
            unbounded += account.unbounded();
        }
        assertThat(messages).isGreaterThan(2_000);
        assertThat(unbounded).isGreaterThan(200);
        assertThat(subscription.duplicates()).isPositive();
    }

    private void play(long seed, int steps) {
        begin(seed);
        for (int i = 0; i < steps; i++) step();
        connect(false);
        while (!sent.equals(world.head())) feedHonestly();
        assertThat(subscription.position()).as("seed %s", seed).contains(world.head());
        assertThat(account.unbounded()).as("seed %s", seed).isEqualTo(excuses);
    }

    private void begin(long seed) {
        world = new TopicWorld();
        account = new ListenerAccount(world);
        subscription = subscription();
        random = new Random(seed);
        excuses = 0;
        for (int i = random.nextInt(20); i > 0; i--) world.publish();
        connect(true);
    }

    private Subscription subscription() {
        ListenerCalls calls = new ListenerCalls(new ClientListener() {
            @Override
            public void onError(Throwable error) {
                throw error instanceof Error defect ? defect : new AssertionError(error);
            }
        });
        return new Subscription("t", Start.now(), account, calls, left -> {});
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 40) world.publish();
        else if (dice < 85) feed();
        else if (dice < 89) skip(true);
        else if (dice < 92) skip(false);
        else if (dice < 94)
            world.restart(
                    random.nextBoolean()
                            ? world.head().offset()
                            : upTo(world.head().offset()));
        else if (dice < 95) loseThePosition();
        else connect(true);
    }

    /** The node sends what comes next, if there is something. */
    private void feed() {
        boolean mayMove = sent.epoch() < world.epoch();
        boolean maySend = sent.offset() < world.head(sent.epoch());
        if (mayMove && (!maySend || random.nextInt(4) == 0)) {
            moveToNextEpoch(random.nextInt(3));
        } else if (maySend) {
            send();
        }
    }

    private void feedHonestly() {
        if (sent.epoch() < world.epoch()) moveToNextEpoch(0);
        else send();
    }

    private void send() {
        sent = sent.next();
        String text = world.text(sent.epoch(), sent.offset());
        subscription.publication(Wire.publication(1, sent.offset(), text).getPublication());
    }

    private void moveToNextEpoch(int missing) {
        long epoch = sent.epoch() + 1;
        long fork = world.forkOf(epoch);
        if (sent.offset() <= fork) {
            sent = new Position(epoch, sent.offset());
            tell(sent.offset() + 1, sent.offset(), Gap.Reason.REASON_EPOCH_CONTINUED);
        } else {
            long to = Math.min(world.head(epoch), fork + missing);
            sent = new Position(epoch, to);
            excuses++;
            tell(fork + 1, to, Gap.Reason.REASON_EPOCH_CHANGED);
        }
    }

    /** The node leaves something out. */
    private void skip(boolean told) {
        long from = sent.offset() + 1;
        long to = Math.min(world.head(sent.epoch()), sent.offset() + random.nextInt(4));
        withhold(sent.epoch(), from, to);
        sent = new Position(sent.epoch(), to);
        if (told && from <= to) tell(from, to, BOUNDED[random.nextInt(BOUNDED.length)]);
    }

    private void tell(long from, long to, Gap.Reason reason) {
        Gap gap = Wire.gap(1, sent.epoch(), from, to, reason).getGap();
        if (!subscription.gap(gap)) connect(false);
    }

    /** Redis loses the end of the topic, including what the subscription saw last, within an epoch. */
    private void loseThePosition() {
        Position seen = seen();
        if (seen.epoch() != world.epoch() || seen.offset() == 0) return;
        world.loseTail(upTo(seen.offset() - 1));
        sent = world.head();
        excuses++;
        confirm(Wire.positionLost(1, sent.epoch(), sent.offset()));
    }

    /** A new connection to some node. */
    private void connect(boolean mayLag) {
        Subscribe asked = subscription.wire();
        if (!asked.hasSince()) {
            sent = new Position(1, upTo(world.head(1)));
            confirm(Wire.subscribed(1, sent.epoch(), sent.offset()));
            return;
        }
        Position seen = seen();
        assertThat(asked.getSince().getPosition()).isEqualTo(Wire.position(seen.epoch(), seen.offset()));
        int dice = random.nextInt(10);
        if (mayLag && dice < 3) startBehind(seen);
        else if (world.holds(seen, world.epoch()) && (!mayLag || dice < 9)) resume(seen);
        else startAnew(seen);
    }

    /** On a node that has not yet heard of what was seen, nor of a new epoch. */
    private void startBehind(Position seen) {
        sent = new Position(seen.epoch(), upTo(seen.offset()));
        confirm(Wire.subscribed(1, sent.epoch(), sent.offset()));
    }

    private void resume(Position seen) {
        sent = new Position(world.epoch(), seen.offset());
        confirm(Wire.resumed(1, sent.epoch(), sent.offset()));
    }

    /** On a node that can't bring what lies between. */
    private void startAnew(Position seen) {
        long from = Math.min(seen.offset(), world.shared(seen.epoch(), world.epoch()));
        sent = new Position(world.epoch(), from + upTo(world.head().offset() - from));
        if (seen.epoch() == world.epoch()) withhold(sent.epoch(), from + 1, sent.offset());
        else excuses++;
        confirm(Wire.subscribed(1, sent.epoch(), sent.offset()));
    }

    private void confirm(Reply.Builder reply) {
        subscription.confirmed(reply.getSubscribed());
    }

    private void withhold(long epoch, long from, long to) {
        for (long offset = from; offset <= to; offset++) account.withheld.add(world.text(epoch, offset));
    }

    private Position seen() {
        return subscription.position().orElseThrow();
    }

    private long upTo(long most) {
        return random.nextLong(most + 1);
    }
}
