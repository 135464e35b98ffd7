package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NodeProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private NodeSpec spec;

    @BeforeEach
    void prepare() throws IOException {
        spec = new NodeSpec(
                FakeNodeJar.in(directory), LoopbackPort.free(), LoopbackPort.free(), Map.of(), Duration.ofSeconds(20));
    }

    @Test
    void isReadyOnceLaunched() {
        try (NodeProcess node = NodeProcess.launch(spec)) {
            assertThat(node.isReady(PATIENCE)).isTrue();
            assertThat(node.isAlive()).isTrue();
            assertThat(node.exitCode()).isNull();
            awaitUp(node);
            assertThat(ProcessHandle.of(node.pid())).isPresent();
        }
    }

    @Test
    void sumsMetricsOverLabels() {
        try (NodeProcess node = NodeProcess.launch(spec)) {
            assertThat(node.metrics().get("fanwire_connections")).isEqualTo(3);
            assertThat(node.metrics().get("bytes")).isEqualTo(7);
            assertThat(node.metrics().get("unknown")).isZero();
        }
    }

    @Test
    void startsAgainOnTheSamePortsAfterAKill() {
        try (NodeProcess node = NodeProcess.launch(spec)) {
            long first = node.pid();
            node.kill();
            assertThat(node.isAlive()).isFalse();
            assertThat(node.isReady()).isFalse();
            assertThat(node.exitCode()).isEqualTo(128 + 9);
            assertThat(node.metrics().values()).isEmpty();
            node.start();
            assertThat(node.isReady(PATIENCE)).isTrue();
            assertThat(node.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void doesNotAnswerWhilePaused() {
        try (NodeProcess node = NodeProcess.launch(spec)) {
            node.pause();
            assertThat(node.isReady()).isFalse();
            node.resume();
            assertThat(node.isReady(PATIENCE)).isTrue();
        }
    }

    @Test
    void stopsAPausedNode() {
        NodeProcess node = NodeProcess.launch(spec);
        node.pause();
        node.stop();
        assertThat(node.exitCode()).isEqualTo(128 + 15);
        node.close();
    }

    @Test
    void aNodeThatEndsAtOnceIsToldWithItsLastWords() {
        assertThatThrownBy(() -> NodeProcess.launch(spec.with("FAKE_FAILURE", "port is taken")))
                .isInstanceOf(HarnessException.class)
                .hasMessage("node on port " + spec.port() + " ended with exit code 3: port is taken");
    }

    @Test
    void aNodeThatIsNeverReadyIsStopped() {
        var impatient = new NodeSpec(
                spec.jar(), spec.port(), spec.adminPort(), Map.of("FAKE_NEVER_READY", "1"), Duration.ofSeconds(2));
        NodeProcess[] node = new NodeProcess[1];
        assertThatThrownBy(() -> {
                    node[0] = NodeProcess.begin(impatient);
                    awaitUp(node[0]);
                    node[0].awaitReady();
                })
                .hasMessageContaining("is not ready after 2 s")
                .hasMessageContaining("fake node is up");
        node[0].close();
        assertThat(node[0].isAlive()).isFalse();
    }

    @Test
    void aMissingJarIsNamed() {
        System.setProperty(NodeSpec.JAR_PROPERTY, directory.resolve("none.jar").toString());
        try {
            assertThatThrownBy(NodeSpec::onFreePorts).hasMessageContaining("none.jar");
        } finally {
            System.clearProperty(NodeSpec.JAR_PROPERTY);
        }
    }

    /** It answers before it says so, and what it says comes through a pipe. */
    private static void awaitUp(NodeProcess node) {
        while (!node.output().contains("fake node is up")) {
            assertThat(node.awaitExit(Duration.ofMillis(10))).isFalse();
        }
    }
}
