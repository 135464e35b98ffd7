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
    void atTheStartThePodWaitsUntilItIsThere() {
        try (PodNetwork network = PodNetwork.create()) {
            // Longer than a pod's: Docker may take its time to start a Redis.
            Pod node = network.node(PodSpec.of("dev").with("FANWIRE_REDIS_START_TIMEOUT", "10m"));
            await().atMost(PATIENCE.multipliedBy(2)).until(() -> node.logs().contains("; trying again for 600 s"));
            assertThat(node.logs()).contains("cannot connect to redis://redis:6379: ");
            // Its startup probe gets no answer yet.
            assertThat(node.get("/livez").status()).isZero();
            network.redis().awaitRedis("");
            node.awaitReady();
            Conversation.isHeard(node.url());
        }
    }
}
