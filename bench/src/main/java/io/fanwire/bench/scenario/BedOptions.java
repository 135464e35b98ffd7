package io.fanwire.bench.scenario;

import io.fanwire.loadtest.DurationConverter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that all scenarios have. */
final class BedOptions {
    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "How long a load runs before it is measured. Default: ${DEFAULT-VALUE}")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long each measurement takes. The default depends on the scenario.")
    private @Nullable Duration measured;

    @Option(
            names = "--client-threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that subscribers are spread over. Default: ${DEFAULT-VALUE}")
    private int loops;

    @Option(
            names = "--node-options",
            paramLabel = "OPTIONS",
            defaultValue = "",
            description = "JVM options for the node, on top of those in jvm.options.")
    private String nodeOptions = "";

    Bed bed(Duration usual) {
        return new Bed(warmUp, measured == null ? usual : measured, loops, nodeOptions);
    }
}
