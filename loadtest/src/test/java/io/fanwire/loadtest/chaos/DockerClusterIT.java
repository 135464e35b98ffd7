package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.loadtest.scenario.ScenarioException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** With a Redis in the role of each part: what is under test is what happens to containers. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "hasDocker", disabledReason = "no Docker answers here that has the image redis:7")
class DockerClusterIT {
    private static final String IMAGE = "redis:7";
    private static final List<URI> URLS = List.of(URI.create("ws://localhost:8080/ws"));

    private final String project = "fanwire-it-" + UUID.randomUUID();
    private final List<String> containers = new ArrayList<>();
    private DockerCluster cluster;

    static boolean hasDocker() {
        try {
            Docker.run("image", "inspect", "--format", "{{.Id}}", IMAGE);
            return true;
        } catch (ScenarioException e) {
            return false;
        }
    }

    @BeforeAll
    void startContainers() {
        Docker.run("network", "create", project);
        start("redis", 1, "False");
        start("node", 1, "False");
        start("node", 2, "False");
        start("node", 3, "True");
        start("balancer", 1, "False");
        // A process 1 without a handler for SIGTERM never gets it.
        run("node", 4, "False", List.of("--stop-timeout=1", "--entrypoint=sleep", IMAGE, "600"));
        cluster = DockerCluster.of(project, 2, URLS, List.of());
    }

    @AfterAll
    void removeContainers() {
        containers.forEach(each -> Docker.run("rm", "-f", "-v", each));
        Docker.run("network", "rm", project);
    }

    @Test
    void commandsReachRedis() {
        assertThat(cluster.redis("PING")).containsExactly("PONG");
        assertThat(new RedisConnections(cluster).kill(ConnectionType.NORMAL)).isNotNegative();
    }

    @Test
    void aKilledContainerComesBack() {
        cluster.kill(Part.node(1));
        assertThat(cluster.isRunning(Part.node(1))).isFalse();
        assertThat(cluster.isRunning(Part.node(2))).isTrue();
        assertThatThrownBy(() -> DockerCluster.of(project, 2, URLS, List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessage("the container of node 1, " + project + "_node_1, is exited");
        cluster.start(Part.node(1));
        assertThat(cluster.isRunning(Part.node(1))).isTrue();
    }

    @Test
    void aDrainedContainerEndsInGoodOrder() {
        assertThat(cluster.drain(Part.node(2)).join().isClean()).isTrue();
        assertThat(inspect("node_2", "{{.State.Running}} {{.State.ExitCode}}")).isEqualTo("false 0");
        cluster.start(Part.node(2));
    }

    @Test
    void aContainerThatDoesNotEndIsKilledAndThatIsTold() {
        assertThat(cluster.drain(Part.node(4)).join().isKilled()).isTrue();
        assertThat(inspect("node_4", "{{.State.ExitCode}}")).isEqualTo("137");
    }

    @Test
    void aPausedContainerGoesOn() {
        cluster.pause(Part.REDIS);
        assertThat(inspect("redis_1", "{{.State.Paused}}")).isEqualTo("true");
        cluster.resume(Part.REDIS);
        assertThat(inspect("redis_1", "{{.State.Paused}}")).isEqualTo("false");
    }

    @Test
    void aContainerThatWasCutOffIsFoundByItsNamesAgain() {
        assertThat(ping("node-1")).isEqualTo("PONG");
        cluster.disconnect(Part.node(1));
        assertThatThrownBy(() -> ping("node-1")).isInstanceOf(ScenarioException.class);
        cluster.reconnect(Part.node(1));
        assertThat(ping("node-1")).isEqualTo("PONG");
        assertThat(ping("other-node-1")).isEqualTo("PONG");
    }

    @Test
    void aMissingContainerIsOneLine() {
        assertThatThrownBy(() -> DockerCluster.of(project, 3, URLS, List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "there is no container for node 3 in the compose project " + project + "; it has [" + project
                                + "_node_1, " + project + "_node_2, " + project + "_node_4, " + project + "_redis_1]");
        assertThatThrownBy(() -> DockerCluster.of(project + "x", 1, URLS, List.of()))
                .hasMessage(
                        "there is no container for redis in the compose project " + project + "x; it has none at all");
    }

    @Test
    void whatDockerComplainsAboutIsTold() {
        assertThatThrownBy(() -> cluster.resume(Part.node(2)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("docker unpause ")
                .hasMessageContaining("is not paused");
    }

    private void start(String service, int number, String oneoff) {
        run(service, number, oneoff, List.of(IMAGE, "redis-server", "--save", ""));
    }

    private void run(String service, int number, String oneoff, List<String> imageAndCommand) {
        String name = project + "_" + service + "_" + number;
        String label = "com.docker.compose.";
        containers.add(name);
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--name=" + name,
                "--network=" + project,
                "--network-alias=" + service + "-" + number,
                "--network-alias=other-" + service + "-" + number,
                "--label=" + label + "project=" + project,
                "--label=" + label + "service=" + service,
                "--label=" + label + "container-number=" + number,
                "--label=" + label + "oneoff=" + oneoff));
        arguments.addAll(imageAndCommand);
        Docker.run(arguments.toArray(String[]::new));
    }

    /** From another container, as others find it. */
    private String ping(String name) {
        return String.join(
                "", Docker.run("exec", project + "_balancer_1", "timeout", "5", "redis-cli", "-h", name, "PING"));
    }

    private String inspect(String container, String format) {
        return String.join("", Docker.run("inspect", "--format", format, project + "_" + container));
    }
}
