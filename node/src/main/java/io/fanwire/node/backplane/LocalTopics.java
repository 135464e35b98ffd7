package io.fanwire.node.backplane;

import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a {@link LocalBackplane}. Those without a subscriber are remembered as long as they are among the
 * {@code maxIdle} last published to; a forgotten one starts again with a new epoch. All histories together have at most
 * {@code maxHistoryBytes}. Owned by one thread.
 */
final class LocalTopics {
    private final Namespaces namespaces;
    private final InstantSource time;
    private final int maxIdle;
    private final long maxHistoryBytes;
    private final Map<Topic, LocalTopic> subscribed = new HashMap<>();
    private final LinkedHashMap<Topic, LocalTopic> idle = new LinkedHashMap<>(16, 0.75f, true);
    private long lastEpoch;
    private long historyBytes;

    LocalTopics(Namespaces namespaces, InstantSource time, int maxIdle, long maxHistoryBytes) {
        this.maxHistoryBytes = maxHistoryBytes;
        this.namespaces = namespaces;
        this.time = time;
        this.maxIdle = maxIdle;
    }

    Position append(Topic name, byte[] body) {
        LocalTopic topic = topic(name);
        long before = topic.history.bytes();
        Position position = topic.append(body);
        historyBytes += topic.history.bytes() - before;
        while (historyBytes > maxHistoryBytes) forgetHistory(topic);
        return position;
    }

    HistoryPage read(Topic name, HistoryQuery query) {
        LocalTopic topic = topic(name);
        long before = topic.history.bytes();
        HistoryPage page = topic.history.read(Lineage.of(topic.position), query);
        historyBytes += topic.history.bytes() - before;
        return page;
    }

    Position subscribe(Topic name, TopicListener listener) {
        if (subscribed.containsKey(name)) throw new BackplaneException(Kind.FAILED, "already subscribed: " + name);
        LocalTopic topic = idle.remove(name);
        if (topic == null) topic = newTopic(name);
        topic.listener = listener;
        subscribed.put(name, topic);
        return topic.position;
    }

    void unsubscribe(Topic name) {
        LocalTopic topic = subscribed.remove(name);
        if (topic == null) return;
        topic.listener = null;
        idle.put(name, topic);
        forgetEldest();
    }

    /** Of the topic that nobody has been interested in for longest; of this one if no other has any. */
    private void forgetHistory(LocalTopic present) {
        LocalTopic eldest = idle.values().stream()
                .filter(each -> each.history.bytes() > 0)
                .findFirst()
                .orElse(present);
        historyBytes -= eldest.history.bytes();
        eldest.history.clear();
    }

    private LocalTopic topic(Topic name) {
        LocalTopic topic = subscribed.get(name);
        return topic == null ? idle(name) : topic;
    }

    private LocalTopic newTopic(Topic name) {
        LocalHistory history = new LocalHistory(namespaces.of(name).history(), time);
        return new LocalTopic(newEpoch(), history);
    }

    private LocalTopic idle(Topic name) {
        LocalTopic topic = idle.get(name);
        if (topic != null) return topic;
        LocalTopic created = newTopic(name);
        idle.put(name, created);
        forgetEldest();
        return created;
    }

    private void forgetEldest() {
        if (idle.size() <= maxIdle) return;
        LocalTopic eldest = idle.remove(idle.keySet().iterator().next());
        if (eldest != null) historyBytes -= eldest.history.bytes();
    }

    /** Never the same twice, even if the clock stands still or goes back. */
    private long newEpoch() {
        lastEpoch = Math.max(lastEpoch + 1, ChronoUnit.MICROS.between(Instant.EPOCH, time.instant()));
        return lastEpoch;
    }

    private static final class LocalTopic {
        private final LocalHistory history;
        private Position position;
        private @Nullable TopicListener listener;

        LocalTopic(long epoch, LocalHistory history) {
            this.history = history;
            position = new Position(epoch, 0);
        }

        Position append(byte[] body) {
            position = position.next();
            // Shared with the listener: neither writes to it.
            history.add(new StoredPublication(position, body));
            if (listener != null) listener.onPublication(position, body);
            return position;
        }
    }
}
