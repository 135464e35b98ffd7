package io.fanwire.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of the engine's pieces: nanoseconds and allocated bytes of an operation, unless told else. */
final class MicroBenchmarks {
    private MicroBenchmarks() {}

    /** Runs, or lists, what JMH's arguments say; prints to standard output. */
    static int run(List<String> jmhArguments) throws CommandLineOptionException, RunnerException {
        CommandLineOptions given = parse(jmhArguments);
        if (given.shouldList()) new Runner(given).list();
        else new BenchmarkTable(measure(given)).printTo(System.out);
        return 0;
    }

    static CommandLineOptions parse(List<String> jmhArguments) throws CommandLineOptionException {
        return new CommandLineOptions(jmhArguments.toArray(String[]::new));
    }

    static Collection<RunResult> measure(CommandLineOptions given) throws RunnerException {
        return new Runner(withDefaults(given)).run();
    }

    // What is set here wins over the parent, so each has to look there first.
    private static Options withDefaults(CommandLineOptions given) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .timeUnit(given.getTimeUnit().orElse(TimeUnit.NANOSECONDS))
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(3))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
                .measurementIterations(given.getMeasurementIterations().orElse(5))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
                .shouldFailOnError(given.shouldFailOnError().orElse(true))
                .addProfiler(GCProfiler.class);
        if (given.getBenchModes().isEmpty()) options.mode(Mode.AverageTime);
        return options.build();
    }
}
