package io.fanwire.loadtest.load;

import io.fanwire.loadtest.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The load tool. */
@Command(
        name = "load",
        description = {
            "Loads a cluster, breaks it, and accounts for every message.",
            "Exit codes: 0 fine, 1 the system failed, 2 wrong usage, 3 the tool itself failed or was the bottleneck."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ConnectCommand.class,
            FanOutCommand.class,
            ChurnCommand.class,
            StormCommand.class,
            VerifyCommand.class,
            ChaosCommand.class,
            ReportCommand.class,
            TableCommand.class,
            WorkerCommand.class
        })
public final class LoadCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a scenario is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
}
