package io.fanwire.loadtest.terminal;

import io.fanwire.client.ClientOptions;
import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.Topic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which nodes to talk to, and as whom: the options that every command with a client has. */
final class NodeOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "ws://localhost:8080/ws",
            description = "A node; repeat it for more, the client moves on if one fails. Default: ${DEFAULT-VALUE}")
    private List<URI> urls = new ArrayList<>();

    @Option(names = "--token", paramLabel = "TOKEN", description = "A credential, if the nodes want one.")
    private String token = "";

    /** @throws ParameterException if they make no sense */
    ClientOptions.Builder client(String name) {
        try {
            ClientOptions.builder(urls).build();
            return ClientOptions.builder(urls).token(token).clientName(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws ParameterException if the topic breaks the grammar */
    void check(String topic) {
        try {
            new Topic(topic);
        } catch (InvalidTopicException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ": \"" + topic + "\"", e);
        }
    }
}
