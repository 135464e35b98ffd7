package io.fanwire.bench.storm;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The clients of one node, in no order. One thread. */
final class Roster {
    private int[] clients = new int[16];
    private int size;

    int size() {
        return size;
    }

    void add(int client) {
        if (size == clients.length) clients = Arrays.copyOf(clients, 2 * size);
        clients[size++] = client;
    }

    /** Takes out anyone. */
    int takeAny(RandomGenerator random) {
        int at = random.nextInt(size);
        int taken = clients[at];
        clients[at] = clients[--size];
        return taken;
    }
}
