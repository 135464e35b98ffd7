package io.fanwire.loadtest.terminal;

import io.fanwire.client.FanwireClient;
import io.fanwire.loadtest.Version;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes one message, or each line of standard input, and prints the positions in order. */
@Command(
        name = "pub",
        description = "Publishes a message, or each line of standard input; prints topic and position of each.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class PubCommand implements Callable<Integer> {
    @Mixin
    private NodeOptions nodes = new NodeOptions();

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to publish.")
    private String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MESSAGE",
            description = "The text. Without it, standard input is read: one message a line.")
    private @Nullable String message;

    @Override
    public Integer call() throws InterruptedException {
        nodes.check(topic);
        var options = nodes.client("fanwire-pub")
                .listener(new Lifecycle(System.err, why -> {}))
                .build();
        try (FanwireClient client = FanwireClient.connect(options)) {
            var pipeline = new PublishPipeline(line -> client.publish(topic, line));
            if (message == null) pipeline.feedLines(standardInput());
            else pipeline.feedOne(message);
            return pipeline.report(topic, System.out, System.err) ? 0 : 1;
        }
    }

    private static Reader standardInput() {
        return new InputStreamReader(System.in, StandardCharsets.UTF_8);
    }
}
