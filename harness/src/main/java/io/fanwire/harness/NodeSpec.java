package io.fanwire.harness;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node process is started with.
 *
 * @param jar the node's jar, with its libraries in {@code lib} beside it
 * @param port for clients, on the loopback interface
 * @param adminPort for {@code /readyz} and {@code /metrics}
 * @param env environment variables on top of those that the other components stand for; of this JVM's own, a node
 *     gets those that are not Fanwire's
 * @param readyTimeout how long the node may take to become ready
 */
public record NodeSpec(Path jar, int port, int adminPort, Map<String, String> env, Duration readyTimeout) {
    /** System property that names the node's jar. */
    public static final String JAR_PROPERTY = "fanwire.node.jar";

    /** System property that names a file of JVM options for nodes, as {@code java @file} takes it. */
    public static final String JVM_OPTIONS_PROPERTY = "fanwire.node.jvm.options";

    private static final String DEFAULT_JAR = "node/target/fanwire-node.jar";
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

    public NodeSpec {
        env = Map.copyOf(env);
        if (readyTimeout.isNegative() || readyTimeout.isZero()) {
            throw new IllegalArgumentException("readyTimeout must be positive: " + readyTimeout);
        }
    }

    /** A node on two free ports, with the jar that {@value #JAR_PROPERTY} names. */
    public static NodeSpec onFreePorts() {
        return onPorts(LoopbackPort.free(), LoopbackPort.free());
    }

    /** A node on these ports, with the jar that {@value #JAR_PROPERTY} names. */
    public static NodeSpec onPorts(int port, int adminPort) {
        return new NodeSpec(defaultJar(), port, adminPort, Map.of(), READY_TIMEOUT);
    }

    /** The same with a Redis as its backplane. */
    public NodeSpec withRedis(String uri) {
        return with("FANWIRE_REDIS_URI", uri);
    }

    /** The same with one more environment variable. */
    public NodeSpec with(String name, String value) {
        var more = new TreeMap<>(env);
        more.put(name, value);
        return new NodeSpec(jar, port, adminPort, more, readyTimeout);
    }

    /** For WebSocket clients. */
    public URI url() {
        return URI.create("ws://localhost:" + port + "/ws");
    }

    /** For {@code /livez}, {@code /readyz} and {@code /metrics}. */
    public URI adminUrl() {
        return URI.create("http://127.0.0.1:" + adminPort);
    }

    Map<String, String> environment() {
        var all = new TreeMap<String, String>();
        all.put("FANWIRE_HOST", "127.0.0.1");
        all.put("FANWIRE_PORT", Integer.toString(port));
        all.put("FANWIRE_ADMIN_PORT", Integer.toString(adminPort));
        all.put("FANWIRE_EXIT_ON_STDIN_CLOSE", "true");
        all.putAll(env);
        return all;
    }

    List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String options = System.getProperty(JVM_OPTIONS_PROPERTY, "");
        if (!options.isEmpty()) command.add("@" + options);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static Path defaultJar() {
        Path jar = Path.of(System.getProperty(JAR_PROPERTY, DEFAULT_JAR)).toAbsolutePath();
        if (!Files.isReadable(jar)) throw new HarnessException("the node's jar is not there: " + jar);
        return jar;
    }
}
