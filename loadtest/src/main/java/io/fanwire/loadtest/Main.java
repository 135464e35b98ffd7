package io.fanwire.loadtest;

import io.fanwire.loadtest.demo.DemoCommand;
import io.fanwire.loadtest.load.LoadCommand;
import io.fanwire.loadtest.terminal.PubCommand;
import io.fanwire.loadtest.terminal.SubCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exit codes: 0 fine, 1 it failed, 2 wrong usage, 3 the load tool itself failed or was too slow; 130 and 143 after Ctrl-C and SIGTERM. */
@Command(
        name = "fanwire",
        description = "Runs, uses and loads a Fanwire cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {DemoCommand.class, SubCommand.class, PubCommand.class, LoadCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: demo, sub, pub or load");
    }

    static CommandLine commandLine() {
        OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new Main())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
