package io.fanwire.node.sim;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A backplane made of two queues, as Redis is with two connections: requests, carried out one a step, and what comes
 * back on the subscriber's connection. The simulation decides when each goes on. Sometimes it loses publications, and
 * says so.
 */
final class SimBackplane implements Backplane {
    private static final long EPOCH = 77;

    private final Queue<Runnable> requests = new ArrayDeque<>();
    private final Queue<Runnable> deliveries = new ArrayDeque<>();
    private final Map<Topic, Long> offsets = new HashMap<>();
    private final Map<Topic, TopicListener> listeners = new HashMap<>();
    private final Random random;
    private boolean faulty = true;

    SimBackplane(Random random) {
        this.random = random;
    }

    @Override
    public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
        CompletableFuture<Position> result = new CompletableFuture<>();
        requests.add(() -> {
            if (faulty && random.nextInt(50) == 0) {
                result.completeExceptionally(
                        new BackplaneException(BackplaneException.Kind.UNAVAILABLE, "simulated outage"));
                return;
            }
            long offset = offsets.merge(topic, 1L, Long::sum);
            result.complete(new Position(EPOCH, offset));
            TopicListener listener = listeners.get(topic);
            if (listener == null) return;
            boolean lost = faulty && random.nextInt(100) == 0;
            deliveries.add(() -> {
                if (lost) listener.onGap(EPOCH, offset, offset, Gap.Reason.REASON_BACKPLANE_LOST);
                else listener.onPublication(new Position(EPOCH, offset), publication.body());
            });
        });
        return result;
    }

    @Override
    public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
        CompletableFuture<Position> result = new CompletableFuture<>();
        requests.add(() -> {
            if (faulty && random.nextInt(20) == 0) {
                result.completeExceptionally(
                        new BackplaneException(BackplaneException.Kind.UNAVAILABLE, "simulated outage"));
                return;
            }
            if (listeners.put(topic, listener) != null) throw new AssertionError("two subscriptions of " + topic);
            // Redis' word and the position come later; publications may overtake them.
            requests.add(() -> result.complete(new Position(EPOCH, offsets.getOrDefault(topic, 0L))));
        });
        return result;
    }

    @Override
    public void unsubscribe(Topic topic) {
        requests.add(() -> listeners.remove(topic));
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BackplaneState state() {
        return BackplaneState.UP;
    }

    @Override
    public void close() {}

    /** One step of one of the two connections. @return whether there was one to take */
    boolean step() {
        Queue<Runnable> queue = requests.isEmpty() || random.nextBoolean() ? deliveries : requests;
        Runnable next = queue.poll();
        if (next != null) next.run();
        return next != null || !requests.isEmpty() || !deliveries.isEmpty();
    }

    /** From here on everything succeeds and arrives. */
    void heal() {
        faulty = false;
    }

    /** Of the topic's newest publication. */
    long offset(String topic) {
        return offsets.getOrDefault(new Topic(topic), 0L);
    }

    int subscribedTopics() {
        return listeners.size();
    }
}
