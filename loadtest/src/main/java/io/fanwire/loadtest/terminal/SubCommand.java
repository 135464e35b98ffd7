package io.fanwire.loadtest.terminal;

import io.fanwire.client.FanwireClient;
import io.fanwire.loadtest.Version;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the messages of some topics until Ctrl-C, or until it has printed as many as asked for. */
@Command(
        name = "sub",
        description = "Prints each message of the topics in a line: topic, offset, text (binary as base64).",
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

    // In the outside contract, and refused until clients can resume: silence would look like an empty history.
    @Option(names = "--since", paramLabel = "POSITION", hidden = true)
    private @Nullable String since;

    @Override
    public Integer call() throws InterruptedException {
        checkUsage();
        var printer = new MessagePrinter(new PrintStream(System.out, false, StandardCharsets.UTF_8), System.err, count);
        var options = nodes.client("fanwire-sub").listener(printer.lifecycle()).build();
        try (FanwireClient client = FanwireClient.connect(options)) {
            for (String topic : new LinkedHashSet<>(topics)) client.subscribe(topic, printer);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(printer, client)));
            return printer.awaitEnd();
        }
    }

    // On Ctrl-C: a client that says goodbye costs the node no timeout.
    private static void end(MessagePrinter printer, FanwireClient client) {
        printer.stop();
        client.close();
    }

    private void checkUsage() {
        if (since != null) throw new ParameterException(spec.commandLine(), "--since is not supported yet");
        if (count < 1) throw new ParameterException(spec.commandLine(), "--count must be at least 1");
        topics.forEach(nodes::check);
    }
}
