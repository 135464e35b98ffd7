package io.fanwire.loadtest.load;

import io.fanwire.loadtest.measure.ProcessUsage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** How much CPU this process took since a moment, and how close it came to what it may take. */
record ToolUsage(long nanos, long cpuNanos, List<Long> threadNanos) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    static ToolUsage from(List<Thread> threads) {
        List<Long> each = threads.stream()
                .map(thread -> THREADS.getThreadCpuTime(thread.getId()))
                .toList();
        return new ToolUsage(System.nanoTime(), ProcessUsage.own().cpu().toNanos(), each);
    }

    Share until(List<Thread> threads) {
        ToolUsage now = from(threads);
        double elapsed = now.nanos - nanos;
        double busiest = 0;
        for (int i = 0; i < threadNanos.size(); i++)
            busiest = Math.max(busiest, (now.threadNanos.get(i) - threadNanos.get(i)) / elapsed);
        double cores = (now.cpuNanos - cpuNanos) / elapsed;
        // In a container with one core, threads that compile and collect garbage take theirs from the load threads'.
        return new Share(cores, Math.max(busiest, cores / Runtime.getRuntime().availableProcessors()));
    }

    /**
     * What it was.
     *
     * @param cores of the whole process
     * @param busiestThread the busiest load thread's part of a core, or the process' part of the cores that it may use,
     *     whichever is more: close to 1, the tool was too slow
     */
    record Share(double cores, double busiestThread) {}
}
