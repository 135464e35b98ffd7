package io.fanwire.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of this machine. Free ones are taken from below the range out of which the system numbers outgoing
 * connections: a client that reconnects to a dead server on such a port may end up connected to itself.
 */
public final class LoopbackPort {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private LoopbackPort() {}

    /**
     * A port that nobody listens on; somebody else may take it before its user does.
     *
     * @throws HarnessException if none is found
     */
    public static int free() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
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
