package io.fanwire.bench;

import io.fanwire.loadtest.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands all it gets to JMH, which has options of its own. */
@Command(
        name = "micro",
        description = "Measures the pieces of a node's engine: time and allocation of one operation.",
        customSynopsis = "fanwire bench micro [REGEX…] [JMH OPTION…]",
        footer = {
            "",
            "REGEX picks benchmarks by their names, -e REGEX leaves some out, -l lists them.",
            "-p payload=128 sets a parameter. -f, -wi and -i set the forks, and the warm-up",
            "and measured iterations of each; -w and -r how long these take. -prof adds a",
            "profiler, -rf json -rff FILE keeps the results."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class MicroCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Unmatched
    private List<String> jmhArguments = new ArrayList<>();

    @Override
    public Integer call() throws RunnerException {
        try {
            return MicroBenchmarks.run(jmhArguments);
        } catch (CommandLineOptionException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
