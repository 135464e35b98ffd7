package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.HarnessException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessClusterIT {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 500;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private ProcessCluster cluster;

    @BeforeAll
    void start() {
        cluster = ProcessCluster.start(2, new PrintStream(said, true));
    }

    @AfterAll
    void close() {
        cluster.close();
        assertThat(cluster.isRunning(Part.node(1))).isFalse();
    }

    @Test
    void saysWhereItIs() {
        assertThat(said.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("Redis    redis://127.0.0.1:"))
                .anyMatch(line -> line.startsWith("Node 2   " + cluster.urls().get(1)));
    }

    @Test
    void aKilledNodeIsGoneAndComesBackAtItsPlace() {
        cluster.kill(Part.node(2));
        assertThat(cluster.isRunning(Part.node(2))).isFalse();
        assertThat(isReady(2)).isFalse();
        assertThat(isReady(1)).isTrue();
        cluster.start(Part.node(2));
        assertThat(cluster.isRunning(Part.node(2))).isTrue();
        assertThat(isReady(2)).isTrue();
    }

    @Test
    void aDrainedNodeIsGoneAndComesBack() {
        assertThat(cluster.drain(Part.node(1)).join().isClean()).isTrue();
        assertThat(cluster.isRunning(Part.node(1))).isFalse();
        cluster.start(Part.node(1));
        assertThat(isReady(1)).isTrue();
    }

    @Test
    void whoWasKilledInsteadOfEndingByItselfIsTold() {
        cluster.kill(Part.node(2));
        assertThat(cluster.drain(Part.node(2)).join().isKilled()).isTrue();
        cluster.start(Part.node(2));
        assertThat(isReady(2)).isTrue();
        assertThat(cluster.drain(Part.node(2)).join().isClean()).isTrue();
        cluster.start(Part.node(2));
    }

    @Test
    void aRedisThatEndsByItselfIsNoticed() throws IOException {
        String line = said.toString()
                .lines()
                .filter(each -> each.startsWith("Redis"))
                .findFirst()
                .orElseThrow();
        URI redis = URI.create(line.split(" +", -1)[1]);
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("SHUTDOWN NOSAVE\r\n".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> !cluster.isRunning(Part.REDIS));
        }
        cluster.start(Part.REDIS);
        assertThat(cluster.isRunning(Part.REDIS)).isTrue();
    }

    @Test
    void aPausedNodeDoesNotAnswer() {
        cluster.pause(Part.node(1));
        assertThat(cluster.isRunning(Part.node(1))).isTrue();
        // Its threads stop one after the other, when each is next looked at.
        await().until(() -> !isReady(1, SILENCE_MILLIS));
        cluster.resume(Part.node(1));
        assertThat(isReady(1)).isTrue();
    }

    @Test
    void redisDiesAndComesBack() {
        assertThatThrownBy(() -> cluster.start(Part.REDIS)).isInstanceOf(HarnessException.class);
        cluster.kill(Part.REDIS);
        assertThat(cluster.isRunning(Part.REDIS)).isFalse();
        cluster.start(Part.REDIS);
        assertThat(cluster.isRunning(Part.REDIS)).isTrue();
        cluster.pause(Part.REDIS);
        cluster.resume(Part.REDIS);
    }

    @Test
    void aProcessCantBeCutOff() {
        assertThatThrownBy(() -> cluster.disconnect(Part.node(1)))
                .hasMessage("node 1 is a process, and has no network that it could be cut from");
    }

    private boolean isReady(int node) {
        return isReady(node, PATIENCE_MILLIS);
    }

    private boolean isReady(int node, int millis) {
        URI ready = cluster.metrics().get(node - 1).resolve("/readyz");
        try {
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout(millis);
            connection.setReadTimeout(millis);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
