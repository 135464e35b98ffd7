package io.fanwire.loadtest.load;

import io.fanwire.loadtest.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How long, with how much of this machine and of others, and where the result goes. */
final class RunOptions {
    private static final int MAX_PROCESSES = 64;
    private static final int MAX_PORT = 65_535;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "The measured time. Default: ${DEFAULT-VALUE}")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Traffic before the measured time, while the JVMs compile their code. Default: none")
    private @Nullable Duration warmUp;

    @Option(names = "--json", paramLabel = "FILE", description = "Keeps the result, for the report command.")
    private @Nullable Path json;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Shares the load between so many processes, started here. Default: ${DEFAULT-VALUE}")
    private int processes = 1;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Shares the load between so many processes that were started elsewhere with the worker command;"
                            + " waits for them at --coordinate.")
    private int workers;

    @Option(
            names = "--coordinate",
            paramLabel = "PORT",
            defaultValue = "7070",
            description = "Where workers join. Default: ${DEFAULT-VALUE}")
    private int coordinate = 7070;

    Duration duration() {
        return duration;
    }

    Duration warmUp() {
        return warmUp == null ? Duration.ZERO : warmUp;
    }

    @Nullable
    Path json() {
        return json;
    }

    /** 1: this one. */
    int processes() {
        OptionCheck.upTo(MAX_PROCESSES, "--processes", processes, spec);
        return processes;
    }

    /** 0: none. */
    int workers() {
        if (workers != 0) OptionCheck.upTo(MAX_PROCESSES, "--workers", workers, spec);
        if (workers > 0 && processes > 1) throw OptionCheck.wrong("--workers and --processes exclude each other", spec);
        return workers;
    }

    int coordinate() {
        OptionCheck.upTo(MAX_PORT, "--coordinate", coordinate, spec);
        return coordinate;
    }
}
