package io.fanwire.harness;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Every process that this JVM started and that still runs; a shutdown hook stops them. Starting and the hook exclude
 * each other, so no moment of Ctrl-C leaves a process behind.
 */
final class Children {
    /** Roles in the order in which they are stopped. */
    enum Role {
        NODE,
        REDIS
    }

    private static final long STOP_MILLIS = 4_000;
    private static final Map<Role, Set<Process>> RUNNING = new EnumMap<>(Role.class);
    private static boolean ending;

    static {
        for (Role role : Role.values()) RUNNING.put(role, new LinkedHashSet<>());
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Children::stopAll, "fanwire-harness-end"));
        } catch (IllegalStateException e) {
            ending = true; // The JVM is ending already.
        }
    }

    private Children() {}

    // Starts inside the lock on purpose: between start and add, the hook would miss the process.
    static synchronized Process start(Role role, ProcessBuilder builder) throws IOException {
        if (ending) throw new HarnessException("not started, because the program is ending");
        Process process = builder.start();
        children(role).add(process);
        return process;
    }

    static synchronized void forget(Process process) {
        RUNNING.values().forEach(processes -> processes.remove(process));
    }

    private static synchronized Set<Process> end(Role role) {
        ending = true;
        return Set.copyOf(children(role));
    }

    private static Set<Process> children(Role role) {
        return RUNNING.computeIfAbsent(role, any -> new LinkedHashSet<>());
    }

    private static void stopAll() {
        for (Role role : Role.values()) stop(end(role));
    }

    private static void stop(Collection<Process> processes) {
        for (Process process : processes) {
            process.toHandle().destroy();
            if (process.isAlive()) Signal.CONT.trySend(process.pid());
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        for (Process process : processes) {
            if (!ended(process, deadline - System.nanoTime()))
                process.toHandle().destroyForcibly();
        }
    }

    private static boolean ended(Process process, long nanos) {
        try {
            return process.waitFor(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
