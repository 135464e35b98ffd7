package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a listener is told against the world: every message is what was published there, comes once, and stands right
 * behind what was told before it, be it a message or a gap. So nothing can be missing in silence.
 */
final class ListenerAccount implements TopicListener {
    private final TopicWorld world;
    private final Set<String> delivered = new HashSet<>();
    /** What the nodes kept back, one way or the other. */
    final Set<String> withheld = new HashSet<>();

    private @Nullable Position last;
    private int unbounded;

    ListenerAccount(TopicWorld world) {
        this.world = world;
    }

    int delivered() {
        return delivered.size();
    }

    /** Gaps that leave open how much is missing. */
    int unbounded() {
        return unbounded;
    }

    @Override
    public void onSubscribed(Position position) {
        if (last == null) last = position;
    }

    @Override
    public void onMessage(Message message) {
        Position position = message.position();
        checkIsNext(position);
        assertThat(position.epoch()).as("no new epoch without a word").isEqualTo(last.epoch());
        assertThat(message.text()).isEqualTo(world.text(position.epoch(), position.offset()));
        assertThat(delivered.add(message.text())).as("%s comes once", message).isTrue();
        last = position;
    }

    @Override
    public void onGap(GapInfo gap) {
        if (gap.reason() == GapInfo.Reason.EPOCH_CONTINUED) {
            // It goes on without a hole, and in another epoch it must say so.
            checkIsNext(new Position(gap.epoch(), gap.fromOffset()));
            assertThat(gap.missing()).isZero();
        } else if (gap.reason().isUnbounded()) {
            unbounded++;
        } else {
            checkIsNext(new Position(gap.epoch(), gap.fromOffset()));
            assertThat(gap.missing()).isPositive();
            for (long offset = gap.fromOffset(); offset <= gap.toOffset(); offset++) {
                assertThat(withheld).as("%s at %s", gap, offset).contains(world.text(gap.epoch(), offset));
            }
        }
        last = new Position(gap.epoch(), gap.toOffset());
    }

    private void checkIsNext(Position position) {
        assertThat(last).isNotNull();
        assertThat(position.offset()).as("the offset after %s", last).isEqualTo(last.offset() + 1);
        assertThat(world.holds(last, position.epoch()))
                .as("%s lives on in epoch %s", last, position.epoch())
                .isTrue();
    }
}
