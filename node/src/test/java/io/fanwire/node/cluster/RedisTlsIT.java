package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.harness.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that reach Redis over TLS, with a certificate of a private authority. */
class RedisTlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private RedisServer redis;
    private TlsDoor door;

    @BeforeEach
    void open() {
        redis = RedisServer.launchForTests();
        door = new TlsDoor(folder, redis.port());
    }

    @AfterEach
    void close() throws Exception {
        door.close();
        redis.close();
    }

    @Test
    void aNodeThatTrustsTheCertificateServes() {
        NodeSpec spec = NodeSpec.onFreePorts().withRedis(door.uri()).with("JDK_JAVA_OPTIONS", door.trustedBy());
        try (NodeProcess node = NodeProcess.launch(spec);
                FanwireClient client = FanwireClient.connect(
                        ClientOptions.builder(node.url().toString()).build())) {
            Received received = Received.by(client, "it:tls");
            client.publish("it:tls", "hello").toCompletableFuture().join();
            await().atMost(PATIENCE).until(() -> received.texts().contains("hello"));
        }
    }

    @Test
    void oneThatDoesNotTrustItSaysSoInOneLineAndDoesNotWait() {
        NodeSpec spec = NodeSpec.onFreePorts().withRedis(door.uri()).with("FANWIRE_REDIS_START_TIMEOUT", "10m");
        try (NodeProcess node = NodeProcess.begin(spec)) {
            assertThat(node.awaitExit(PATIENCE)).isTrue();
            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(node.errors())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("fanwire node: cannot connect to " + door.uri() + ": ")
                            .contains("unable to find valid certification path"));
        }
    }
}
