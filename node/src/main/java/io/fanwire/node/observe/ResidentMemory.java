package io.fanwire.node.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system has given this process; a container is killed by this, not by the heap. Linux only. */
final class ResidentMemory implements MeterBinder {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";

    @Override
    public void bindTo(MeterRegistry registry) {
        if (!Files.isReadable(STATUS)) return;
        Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                .description("Memory that the process has, as the operating system counts it")
                .baseUnit("bytes")
                .register(registry);
    }

    /** NaN if it can't be read. See proc(5). */
    private static double bytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(FIELD))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
