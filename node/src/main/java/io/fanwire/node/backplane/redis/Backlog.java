package io.fanwire.node.backplane.redis;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What came over a topic's channel while something before it was missing. When it is full, or all of a node's together
 * are, the oldest go: the stream has them. Owned by the subscriber loop.
 */
final class Backlog {
    private static final int MAX_COUNT = 1_000;
    private static final long MAX_BYTES = 1 << 20;

    private final Queue<ChannelMessage> messages = new ArrayDeque<>();
    private final Room room;
    private long bytes;

    Backlog(Room room) {
        this.room = room;
    }

    void add(ChannelMessage message) {
        messages.add(message);
        take(message.body().length);
        // The newest stays: it says how far the topic has come.
        while (messages.size() > 1 && isFull()) poll();
    }

    @Nullable
    ChannelMessage peek() {
        return messages.peek();
    }

    void poll() {
        take(-messages.remove().body().length);
    }

    void clear() {
        messages.clear();
        take(-bytes);
    }

    private boolean isFull() {
        return messages.size() > MAX_COUNT || bytes > MAX_BYTES || room.used > room.max;
    }

    private void take(long more) {
        bytes += more;
        room.used += more;
    }

    /** What the backlogs of a node share. Owned by the subscriber loop. */
    static final class Room {
        private final long max;
        private long used;

        /** @param max bytes of bodies */
        Room(long max) {
            this.max = max;
        }

        long used() {
            return used;
        }
    }
}
