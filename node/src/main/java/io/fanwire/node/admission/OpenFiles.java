package io.fanwire.node.admission;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files, and so sockets, this process may have. */
final class OpenFiles {
    private OpenFiles() {}

    /** The limit; where the system has none, or does not tell, the largest number. */
    static int max() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return Integer.MAX_VALUE;
        }
        long max = system.getMaxFileDescriptorCount();
        return max <= 0 ? Integer.MAX_VALUE : (int) Math.min(max, Integer.MAX_VALUE);
    }
}
