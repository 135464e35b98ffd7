package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was ever published and how each epoch began, whatever Redis has forgotten of it: what subscribers are judged
 * by.
 */
public final class SimChronicle {
    private final Map<String, Map<Long, Epoch>> topics = new HashMap<>();

    void started(String topic, long epoch) {
        epochs(topic).put(epoch, new Epoch(null));
    }

    void forked(String topic, Position shared, long epoch) {
        epochs(topic).put(epoch, new Epoch(shared));
    }

    void published(String topic, Position position, byte[] body) {
        if (epoch(topic, position.epoch()).bodies.put(position.offset(), body) != null) {
            throw new AssertionError("Redis gave " + topic + " " + position + " twice");
        }
    }

    /** Whether this is what was published there, in this epoch or in one that it goes on from. */
    public boolean isWhatWasPublished(String topic, Position position, byte[] body) {
        Epoch epoch = epoch(topic, position.epoch());
        while (epoch.shared != null && position.offset() <= epoch.shared.offset()) {
            epoch = epoch(topic, epoch.shared.epoch());
        }
        byte[] original = epoch.bodies.get(position.offset());
        return original != null && Arrays.equals(original, body);
    }

    /** The last offset up to which both epochs are the same; 0 if one does not come from the other. */
    public long shared(String topic, long older, long newer) {
        long shared = Long.MAX_VALUE;
        for (long at = newer; at != older; ) {
            Position fork = epoch(topic, at).shared;
            if (fork == null) return 0;
            shared = Math.min(shared, fork.offset());
            at = fork.epoch();
        }
        return shared;
    }

    private Epoch epoch(String topic, long number) {
        Epoch epoch = epochs(topic).get(number);
        if (epoch == null) throw new AssertionError(topic + " never had the epoch " + number);
        return epoch;
    }

    private Map<Long, Epoch> epochs(String topic) {
        return topics.computeIfAbsent(topic, name -> new HashMap<>());
    }

    private static final class Epoch {
        private final Map<Long, byte[]> bodies = new HashMap<>();
        private final @Nullable Position shared;

        Epoch(@Nullable Position shared) {
            this.shared = shared;
        }
    }
}
