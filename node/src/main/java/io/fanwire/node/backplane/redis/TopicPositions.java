package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads where topics stand in Redis. Thread-safe. */
final class TopicPositions {
    private static final Position NOTHING = new Position(0, 0);

    private final CommandLink link;
    private final RedisCalls calls;
    private final RedisKeys keys;
    private final byte[] topicTtl;

    TopicPositions(CommandLink link, RedisCalls calls, RedisKeys keys, Duration topicTtl) {
        this.link = link;
        this.calls = calls;
        this.keys = keys;
        this.topicTtl = Argument.number(topicTtl.toMillis());
    }

    /**
     * Reads many at once, in their order.
     *
     * @param known for each what the subscriber has seen; where Redis knows less it has lost data, and gives the topic a
     *     new epoch
     */
    CompletionStage<List<Position>> read(List<TopicSubscription> subscriptions, List<@Nullable Position> known) {
        return calls.repeatable(() -> readOnce(subscriptions, known));
    }

    private CompletionStage<List<Position>> readOnce(
            List<TopicSubscription> subscriptions, List<@Nullable Position> known) {
        List<CompletableFuture<byte[]>> replies = new ArrayList<>(subscriptions.size());
        for (int i = 0; i < subscriptions.size(); i++) {
            replies.add(ask(subscriptions.get(i), known.get(i)).toCompletableFuture());
        }
        return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> replies.stream()
                        .map(reply -> ChannelMessage.parsePosition(reply.join()))
                        .toList());
    }

    private CompletionStage<byte[]> ask(TopicSubscription subscription, @Nullable Position known) {
        String[] topicKey = {keys.position(subscription.topic)};
        byte[] epoch = known == null ? Argument.NONE : Argument.number(known.epoch());
        Position seen = known == null ? NOTHING : known;
        return link.run(
                RedisScript.POSITION, topicKey, Argument.newEpoch(), topicTtl, epoch, Argument.number(seen.offset()));
    }
}
