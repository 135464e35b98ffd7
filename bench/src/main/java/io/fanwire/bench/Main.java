package io.fanwire.bench;

import io.fanwire.bench.capacity.CapacityCommand;
import io.fanwire.bench.scenario.BadCasesCommand;
import io.fanwire.bench.scenario.FairnessCommand;
import io.fanwire.bench.scenario.FanOutCommand;
import io.fanwire.bench.scenario.HandshakesCommand;
import io.fanwire.bench.scenario.HopCommand;
import io.fanwire.bench.scenario.IdleCommand;
import io.fanwire.bench.scenario.RedisCommand;
import io.fanwire.bench.scenario.RedisMemoryCommand;
import io.fanwire.bench.scenario.RedisQuietCommand;
import io.fanwire.bench.scenario.RefusalsCommand;
import io.fanwire.bench.scenario.SocketsCommand;
import io.fanwire.bench.scenario.TopicsCommand;
import io.fanwire.bench.storm.StormCommand;
import io.fanwire.loadtest.OneLineErrors;
import io.fanwire.loadtest.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exit codes: 0 fine, 1 it failed, 2 wrong usage. */
@Command(
        name = "fanwire bench",
        description = "Measures what Fanwire costs.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            MicroCommand.class,
            FanOutCommand.class,
            IdleCommand.class,
            HopCommand.class,
            HandshakesCommand.class,
            FairnessCommand.class,
            TopicsCommand.class,
            BadCasesCommand.class,
            RedisCommand.class,
            RedisMemoryCommand.class,
            RedisQuietCommand.class,
            RefusalsCommand.class,
            SocketsCommand.class,
            CapacityCommand.class,
            StormCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }

    static CommandLine commandLine() {
        OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new Main())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
