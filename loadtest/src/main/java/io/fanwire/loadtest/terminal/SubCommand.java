package io.fanwire.loadtest.terminal;

import io.fanwire.client.FanwireClient;
import io.fanwire.client.Start;
import io.fanwire.loadtest.Version;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Prints the messages of some topics until Ctrl-C, or until it has printed as many as asked for; at the end, on standard
 * error, where to go on.
 */
@Command(
        name = "sub",
        description = {
            "Prints each message of the topics in a line: topic, offset, text (binary as base64).",
            "Tells gaps on standard error, and at the end of each topic where to go on."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SubCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeOptions nodes = new NodeOptions();

    @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "What to subscribe to.")
    private List<String> topics = List.of();

    @Option(names = "--count", paramLabel = "N", description = "Ends after that many messages.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = Since.Converter.class,
            description =
                    "Begins with older messages: 'beginning' of the history, a time ago like 5m, 'last:10', or right "
                            + "behind a position like gkds6v1o0-42, as pub and the end of sub print it. Default: from now on.")
    private @Nullable Since since;

    @Override
    public Integer call() throws InterruptedException {
        checkUsage();
        var printer = new MessagePrinter(new PrintStream(System.out, false, StandardCharsets.UTF_8), System.err, count);
        var options = nodes.client("fanwire-sub").listener(printer.lifecycle()).build();
        try (FanwireClient client = FanwireClient.connect(options)) {
            for (String topic : named()) client.subscribe(topic, start(), printer);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(printer, client)));
            int exitCode = printer.awaitEnd();
            printer.printWhereToGoOn();
            return exitCode;
        }
    }

    private Set<String> named() {
        return new LinkedHashSet<>(topics);
    }

    private Start start() {
        return since == null ? Start.now() : since.start();
    }

    // On Ctrl-C: a client that says goodbye costs the node no timeout.
    private static void end(MessagePrinter printer, FanwireClient client) {
        printer.stop();
        printer.printWhereToGoOn();
        client.close();
    }

    private void checkUsage() {
        if (count < 1) throw new ParameterException(spec.commandLine(), "--count must be at least 1");
        if (since != null && since.isOfOneTopic() && named().size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--since with a position takes one topic: it is of no other");
        }
        topics.forEach(nodes::check);
    }
}
