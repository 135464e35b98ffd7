package io.fanwire.loadtest.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * CPU and memory of a process, from Linux' {@code /proc}, see proc(5).
 *
 * @param cpu user and system time since its start; the kernel counts in steps of 10 ms
 * @param residentBytes memory that it holds, shared pages included
 */
public record ProcessUsage(Duration cpu, long residentBytes) {
    // USER_HZ is 100 on every Linux that Java runs on; sysconf(_SC_CLK_TCK) would say.
    private static final long TICK_MILLIS = 10;
    // Fields 14 and 15 of stat, counted behind the command's name, which may hold blanks.
    private static final int USER_TIME = 11;

    public static ProcessUsage of(long pid) {
        return new ProcessUsage(cpu(pid), residentBytes(pid));
    }

    public static ProcessUsage own() {
        return of(ProcessHandle.current().pid());
    }

    private static Duration cpu(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofMillis(
                TICK_MILLIS * (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])));
    }

    private static long residentBytes(long pid) {
        List<String> lines = read(pid, "status").lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " can't be looked at", e);
        }
    }
}
