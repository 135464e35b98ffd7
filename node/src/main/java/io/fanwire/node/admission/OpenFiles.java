package io.fanwire.node.admission;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many files, and so sockets, this process may have open.
 *
 * @param max by the system's limit
 * @param own that the node has open itself, before there are clients
 */
record OpenFiles(int max, int own) {
    // A twentieth for the node, a twentieth for those whom a full node still has to answer.
    private static final int SHARE = 20;
    // Redis, operators, and what the JVM opens later.
    private static final int TO_COME = 32;
    private static final int LEAST_ANSWERS = 16;

    /** Of this process. Where the system has no limit, or does not tell, it is the largest number. */
    static OpenFiles now() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return new OpenFiles(Integer.MAX_VALUE, 0);
        }
        long max = system.getMaxFileDescriptorCount();
        long own = system.getOpenFileDescriptorCount();
        return new OpenFiles(
                max <= 0 ? Integer.MAX_VALUE : (int) Math.min(max, Integer.MAX_VALUE), (int) Math.max(0, own));
    }

    /** The most that clients may have. */
    int forSockets() {
        return Math.max(1, max - Math.max(max / SHARE, own + TO_COME));
    }

    /** Of these, the most that may be let in. */
    int forConnections() {
        return Math.max(1, forSockets() - Math.max(max / SHARE, LEAST_ANSWERS));
    }
}
