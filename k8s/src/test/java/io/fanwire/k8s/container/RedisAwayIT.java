package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the probes of a pod see of a Redis that is not there. */
class RedisAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void laterItCostsNeitherLifeNorReadiness() {
        try (PodNetwork network = PodNetwork.create()) {
            Pod redis = network.redis();
            redis.awaitRedis("");
            Pod node = network.node(PodSpec.of("dev")).awaitReady();
            redis.signal("KILL");
            await().atMost(PATIENCE).until(() -> {
                node.assertAlive();
                assertThat(node.get("/readyz").status()).isNotEqualTo(503);
                return node.get("/readyz").body().startsWith("ready, but Redis: ");
            });
            redis.start();
            await().atMost(PATIENCE).until(() -> node.get("/readyz").body().equals("ready"));
            Conversation.isHeard(node.url());
        }
    }

    @Test
    void atTheStartThePodEndsAndIsStartedAgainUntilItIsThere() {
        try (PodNetwork network = PodNetwork.create()) {
            Pod node = network.node(PodSpec.of("dev"));
            assertThat(node.awaitExit()).isEqualTo(1);
            assertThat(node.logs()).contains("fanwire node: cannot connect to redis://redis:6379: ");
            network.redis().awaitRedis("");
            node.start();
            node.awaitReady();
            Conversation.isHeard(node.url());
        }
    }
}
