package io.fanwire.node.lane;

/** Monotonic time in nanoseconds, like {@link System#nanoTime()}; tests and the simulation bring their own. */
@FunctionalInterface
public interface NanoClock {
    NanoClock SYSTEM = System::nanoTime;

    long nanoTime();
}
