package io.fanwire.node.admission;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * How full the heap is of what is really needed: what each pool had after its last collection, summed up. Of Parallel and
 * Serial these are the young pools and the old one, of ZGC and Shenandoah their one or two; a pool that was never
 * collected adds nothing. G1 tells of its old pool only after mixed collections, which it may not need for hours while
 * the pool grows, so this one counts as it is: it starts to clean up long before 90 percent. Any thread.
 */
final class HeapUse implements IntSupplier {
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    /** In percent of the heap's maximum. */
    @Override
    public int getAsInt() {
        MemoryUsage heap = memory.getHeapMemoryUsage();
        long max = heap.getMax() > 0 ? heap.getMax() : heap.getCommitted();
        return (int) (bytes() * 100 / max);
    }

    long bytes() {
        long collected = pools.stream().mapToLong(HeapUse::afterCollection).sum();
        // An old pool's last collection may be long ago: what is needed can't be more than what there is.
        return Math.min(collected, memory.getHeapMemoryUsage().getUsed());
    }

    private static long afterCollection(MemoryPoolMXBean pool) {
        if (pool.getName().equals("G1 Old Gen")) return pool.getUsage().getUsed();
        MemoryUsage usage = pool.getCollectionUsage();
        return usage == null ? 0 : usage.getUsed();
    }
}
