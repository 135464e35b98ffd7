package io.fanwire.node.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the frames of one client that wait for its lane: the transport goes on reading while there is room, and is
 * told to go on when there is again. Any thread.
 */
final class InboundWindow {
    static final int FRAMES = 16;

    private final AtomicInteger waiting = new AtomicInteger();

    /** A frame came in. @return whether the transport may read another at once */
    boolean enter() {
        return waiting.incrementAndGet() < FRAMES;
    }

    /** Whether the transport reads nothing until there is room. */
    boolean isFull() {
        return waiting.get() >= FRAMES;
    }

    /** So many frames are dealt with. @return whether the transport waits for this, and is to be told */
    boolean leave(int frames) {
        int before = waiting.getAndAdd(-frames);
        // Reading stops exactly when the count reaches FRAMES, so it is resumed exactly when it leaves it.
        return before >= FRAMES && before - frames < FRAMES;
    }
}
