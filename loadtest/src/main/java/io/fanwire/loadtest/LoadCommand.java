package io.fanwire.loadtest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Holds the place of the load scenarios, which are not built yet. */
@Command(
        name = "load",
        description = "Not available in this version: load scenarios come with the next one.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LoadCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Unmatched
    private String[] ignored = {};

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "load scenarios come with the next version; for live traffic there is the demo");
    }
}
