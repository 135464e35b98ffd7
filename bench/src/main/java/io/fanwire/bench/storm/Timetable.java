package io.fanwire.bench.storm;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Which client does something at which millisecond; each has one time at most. One thread. */
final class Timetable {
    // Longer than any wait: RetryAfter.MOST, a fifth more, the longest backoff and a connect timeout.
    private static final int AHEAD = 1 << 17;
    private static final int NONE = -1;

    private final int[] first = new int[AHEAD];
    private final int[] next;
    private int size;

    Timetable(int clients) {
        next = new int[clients];
        Arrays.fill(first, NONE);
    }

    /** @throws IllegalArgumentException if that is too far ahead, or not ahead at all */
    void add(int client, long at, long now) {
        if (at <= now || at - now >= AHEAD) throw new IllegalArgumentException("not within reach: " + (at - now));
        int slot = (int) (at % AHEAD);
        next[client] = first[slot];
        first[slot] = client;
        size++;
    }

    /** Hands out all whose time has come; they may be added again meanwhile. */
    void take(long now, IntConsumer due) {
        int slot = (int) (now % AHEAD);
        int client = first[slot];
        first[slot] = NONE;
        while (client != NONE) {
            int following = next[client];
            size--;
            due.accept(client);
            client = following;
        }
    }

    /** Clients that wait for their time. */
    int size() {
        return size;
    }
}
