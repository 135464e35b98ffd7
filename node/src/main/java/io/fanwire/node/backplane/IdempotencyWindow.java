package io.fanwire.node.backplane;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers for a while what a topic's idempotency keys led to. Beyond {@code maxKeys} the eldest are forgotten before
 * their time. Owned by one thread.
 */
final class IdempotencyWindow {
    private final InstantSource time;
    private final Duration length;
    private final int maxKeys;
    private final Map<Key, First> firsts = new LinkedHashMap<>();

    IdempotencyWindow(InstantSource time, Duration length, int maxKeys) {
        this.time = time;
        this.length = length;
        this.maxKeys = maxKeys;
    }

    /** Publishes, or gives the position that the same key led to before. */
    Position once(Topic topic, String key, Supplier<Position> publish) {
        Instant now = time.instant();
        forgetOld(now);
        Key id = new Key(topic, key);
        First first = firsts.get(id);
        if (first != null) return first.position;
        Position position = publish.get();
        firsts.put(id, new First(position, now.plus(length)));
        return position;
    }

    private void forgetOld(Instant now) {
        Iterator<First> eldest = firsts.values().iterator();
        while (eldest.hasNext()) {
            boolean expired = !eldest.next().expires.isAfter(now);
            if (!expired && firsts.size() < maxKeys) return;
            eldest.remove();
        }
    }

    private record Key(Topic topic, String key) {}

    private record First(Position position, Instant expires) {}
}
