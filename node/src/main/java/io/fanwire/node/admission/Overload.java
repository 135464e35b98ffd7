package io.fanwire.node.admission;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Knows whether the node has as much to do as it can, and whether one of its loops is stuck. {@link #tick} is called by
 * one thread, four times a second; everything else is read by any.
 */
public final class Overload {
    // A tick that comes later than this was late itself: the process was stopped, and its loops are not to blame.
    private static final long MAX_TICK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int MEMORY_CALM = 3;
    private static final double NANOS = 1e9;

    private final List<LoopProbe> probes;
    private final IntSupplier heap;
    private final IntSupplier memory;
    private final NanoClock clock;
    private final Threshold delays;
    private final Threshold heapUse;
    private final Threshold memoryUse;
    private long lastTick;
    private long ownTime;
    private volatile Load load = new Load(LoadState.BEARABLE, "");
    private volatile String stuck = "";

    public Overload(OverloadConfig config, List<EventLoop> loops, ContainerMemory memory) {
        this(config, loops, new HeapUse(), memory, NanoClock.SYSTEM);
    }

    Overload(OverloadConfig config, List<EventLoop> loops, IntSupplier heap, IntSupplier memory, NanoClock clock) {
        this.probes = loops.stream().map(loop -> new LoopProbe(loop, clock)).toList();
        this.heap = heap;
        this.memory = memory;
        this.clock = clock;
        this.delays = new Threshold(config.laneDelay().toNanos());
        this.heapUse = new Threshold(config.heapPercent());
        // A JVM gives little back: well below what it once had it may never come.
        this.memoryUse = new Threshold(config.memoryPercent(), config.memoryPercent() - MEMORY_CALM);
        this.lastTick = clock.nanoTime();
    }

    public boolean isOverloaded() {
        return state() != LoadState.BEARABLE;
    }

    public LoadState state() {
        return load.state;
    }

    /** Such as {@code lane-1 is 1.4 s behind}; empty while the load is bearable. */
    public String why() {
        return load.why;
    }

    /** Such as {@code lane-1 has not moved for 31 s}; empty while all loops move. */
    public String stuck() {
        return stuck;
    }

    /** The names of the loops that it watches. */
    public List<String> loops() {
        return probes.stream().map(LoopProbe::name).toList();
    }

    /** How long tasks wait for a loop now. */
    public double delaySeconds(String loop) {
        return probes.stream()
                .filter(probe -> probe.name().equals(loop))
                .mapToDouble(probe -> probe.delay() / NANOS)
                .sum();
    }

    /** What the last collections left in use, of the heap's maximum. */
    public int heapPercent() {
        return heap.getAsInt();
    }

    /** What is in use of the container's memory; 0 without a limit. */
    public int memoryPercent() {
        return memory.getAsInt();
    }

    void tick() {
        long now = clock.nanoTime();
        ownTime += Math.min(now - lastTick, MAX_TICK_NANOS);
        lastTick = now;
        load = measure(now);
        stuck = findStuck();
        probes.forEach(probe -> probe.post(ownTime));
    }

    private Load measure(long now) {
        LoopProbe slowest = slowest();
        long delay = slowest.delay();
        int percent = heap.getAsInt();
        int used = memory.getAsInt();
        boolean behind = delays.update(delay, now);
        boolean full = heapUse.update(percent, now);
        boolean scarce = memoryUse.update(used, now);
        if (behind) return new Load(LoadState.LANES_BEHIND, slowest.name() + " is " + seconds(delay) + " behind");
        if (full) return new Load(LoadState.HEAP_FULL, "heap at " + percent + " %");
        if (scarce) return new Load(LoadState.MEMORY_FULL, "memory at " + used + " % of the container's");
        return new Load(LoadState.BEARABLE, "");
    }

    private LoopProbe slowest() {
        return probes.stream().max(Comparator.comparingLong(LoopProbe::delay)).orElseThrow();
    }

    private String findStuck() {
        for (LoopProbe probe : probes) {
            long still = probe.stillFor(ownTime);
            if (still > STUCK_NANOS) return probe.name() + " has not moved for " + Math.round(still / NANOS) + " s";
        }
        return "";
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS);
    }

    private record Load(LoadState state, String why) {}
}
