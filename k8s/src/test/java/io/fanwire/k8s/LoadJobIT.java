package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Volume;
import io.fanwire.k8s.container.NodeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/** The pods of the load job as containers, each with what the manifest gives it, against a node. */
class LoadJobIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    // Short: what is under test is the job, and a busy machine must not make it fail.
    private static final String LOAD =
            "verify --subscribers 12 --publishers 2 --topics 3 --rate 10 --least 10 --warm-up 1s --for 3s";

    private Network network;
    private GenericContainer<?> node;

    @BeforeEach
    void startNode() {
        NodeImage.requireDocker();
        network = Network.newNetwork();
        // In a cluster the Services make one port of the other.
        node = new GenericContainer<>(image("node"))
                .withNetwork(network)
                .withNetworkAliases("fanwire", "fanwire-load-nodes")
                .withEnv("FANWIRE_PORT", "80")
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
        node.start();
    }

    @AfterEach
    void stopAll() {
        if (node != null) node.close();
        if (network != null) network.close();
    }

    @Test
    void leavesTheReportInItsLog() throws IOException, InterruptedException {
        DockerImageName load = image("load");
        JsonNode job = Rendered.of("overlays/dev-loadtest").get("Job", "fanwire-load");
        List<GenericContainer<?>> pods = IntStream.range(
                        0, job.at("/spec/completions").asInt())
                .<GenericContainer<?>>mapToObj(index -> pod(load, job, index))
                .toList();
        try {
            Startables.deepStart(pods).join();
            assertThat(pods)
                    .allSatisfy(
                            pod -> assertThat(exitCode(pod)).as(pod.getLogs()).isZero());
            String report = report(pods.get(0).getLogs());
            assertThat(report).contains("<html", "missing in silence").endsWith("</html>\n");
        } finally {
            pods.forEach(GenericContainer::close);
        }
    }

    /** Made of the jars of this build. */
    private static DockerImageName image(String target) {
        String tag = "fanwire-" + target + ":load-job-test";
        NodeImage.build(tag, target);
        return DockerImageName.parse(tag);
    }

    /** With the command, the variables, the user, the file systems and the memory of the manifest. */
    private GenericContainer<?> pod(DockerImageName image, JsonNode job, int index) {
        JsonNode spec = job.at("/spec/template/spec");
        JsonNode container = spec.at("/containers/0");
        String name = Json.name(job) + "-" + index;
        return new GenericContainer<>(image)
                .withNetwork(network)
                .withNetworkAliases(name, name + "." + spec.path("subdomain").asText())
                .withEnv(variables())
                .withEnv("LOAD", LOAD)
                .withEnv("JOB_COMPLETION_INDEX", Integer.toString(index))
                .withCreateContainerCmdModifier(command -> command.withEntrypoint(words(container.path("command")))
                        .withCmd(words(container.path("args")))
                        .withUser(user(spec))
                        .withVolumes(volumes(container))
                        .getHostConfig()
                        .withReadonlyRootfs(true)
                        .withMemory(memory(container)))
                .withStartupCheckStrategy(new Begun());
    }

    private static Map<String, String> variables() {
        Rendered rendered = Rendered.of("overlays/dev-loadtest");
        String map = rendered.get("Job", "fanwire-load")
                .at("/spec/template/spec/containers/0/envFrom/0/configMapRef/name")
                .asText();
        Map<String, String> variables =
                Json.strings(rendered.get("ConfigMap", map).path("data"));
        assertThat(variables).containsKey("LOAD");
        return variables;
    }

    // Not tmpfs, which Docker mounts with the mode of what it covers; an emptyDir is everybody's.
    private static List<Volume> volumes(JsonNode container) {
        return list(container.path("volumeMounts")).stream()
                .map(mount -> new Volume(mount.path("mountPath").asText()))
                .toList();
    }

    private static List<String> words(JsonNode array) {
        return list(array).stream().map(JsonNode::asText).toList();
    }

    private static String user(JsonNode pod) {
        JsonNode security = pod.path("securityContext");
        return security.path("runAsUser").asText() + ":"
                + security.path("runAsGroup").asText();
    }

    private static long memory(JsonNode container) {
        String limit = container.at("/resources/limits/memory").asText();
        return Long.parseLong(limit.replace("Mi", "")) << 20;
    }

    /** After its end. */
    private static int exitCode(GenericContainer<?> pod) {
        return pod.getDockerClient()
                .waitContainerCmd(pod.getContainerId())
                .start()
                .awaitStatusCode(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** What the script makes of a log, as whoever applied the job calls it. */
    private static String report(String log) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("load", ".log"), log);
        Path out = Files.createTempFile("report", ".html");
        Process script = new ProcessBuilder("loadtest/report")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        assertThat(script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    /** Does not mind if a container has ended already. */
    private static final class Begun extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient docker, String id) {
            return "created".equals(getCurrentState(docker, id).getStatus())
                    ? StartupStatus.NOT_YET_KNOWN
                    : StartupStatus.SUCCESSFUL;
        }
    }
}
