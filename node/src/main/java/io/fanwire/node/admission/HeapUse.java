package io.fanwire.node.admission;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * How full the heap is of what is really needed: what each pool had after its last collection, summed up. Of G1, Parallel
 * and Serial these are the young pools and the old one, of ZGC and Shenandoah their one or two. A pool that was never
 * collected adds nothing: before the first collection nothing is known. Any thread.
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
        MemoryUsage usage = pool.getCollectionUsage();
        return usage == null ? 0 : usage.getUsed();
    }
}
