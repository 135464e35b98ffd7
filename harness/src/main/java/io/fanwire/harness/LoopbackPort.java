package io.fanwire.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * TCP ports of this machine. Free ones are taken from below the range out of which the system numbers outgoing
 * connections: a client that reconnects to a dead server on such a port may end up connected to itself.
 */
public final class LoopbackPort {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;
    // One after the other, from anywhere: drawn each time, a port may come again before its first user listens on it.
    private static final AtomicInteger TAKEN =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(HIGHEST - LOWEST));

    private LoopbackPort() {}

    /**
     * A port that nobody listens on, and that this process has not been given before, or long ago; another process may
     * take it before its user does.
     *
     * @throws HarnessException if none is found
     */
    public static int free() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = LOWEST + Math.floorMod(TAKEN.getAndIncrement(), HIGHEST - LOWEST);
            if (isFree(port)) return port;
        }
        throw new HarnessException("no free port between " + LOWEST + " and " + HIGHEST);
    }

    /** The first port from this one on that nobody listens on. */
    public static int freeFrom(int first) {
        for (int port = first; port <= 65_535; port++) {
            if (isFree(port)) return port;
        }
        throw new HarnessException("no free port from " + first + " on");
    }

    /** Whether a server could listen on the port now, on the loopback interface. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
