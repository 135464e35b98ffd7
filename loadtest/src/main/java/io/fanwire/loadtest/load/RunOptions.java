package io.fanwire.loadtest.load;

import io.fanwire.loadtest.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How long, with how much of this machine and of others, and where the result goes. */
final class RunOptions {
    private static final int MAX_PROCESSES = 64;

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
        if (processes < 1 || processes > MAX_PROCESSES)
            throw wrong("--processes must be between 1 and " + MAX_PROCESSES + ": " + processes);
        return processes;
    }

    /** 0: none. */
    int workers() {
        if (workers < 0 || workers > MAX_PROCESSES)
            throw wrong("--workers must be between 1 and " + MAX_PROCESSES + ": " + workers);
        if (workers > 0 && processes > 1) throw wrong("--workers and --processes exclude each other");
        return workers;
    }

    int coordinate() {
        if (coordinate < 1 || coordinate > 65_535)
            throw wrong("--coordinate must be between 1 and 65535: " + coordinate);
        return coordinate;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
