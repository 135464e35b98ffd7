package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.HarnessException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A node behind a door that can be shut, and a Redis that a replica can replace. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfflineClientsIT {
    private static final String TOPIC = "offline:1";

    private ProcessCluster cluster;

    @BeforeAll
    void start() {
        RedisSetup redis = new RedisSetup(RedisSetup.PLAIN.persistence(), true);
        cluster = ProcessCluster.start(
                new Layout(NodeSetup.plain(1), redis, true), new PrintStream(OutputStream.nullOutputStream(), true));
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void subscribersHearNothingWhileOfflineAndPublishersGoOn() {
        AtomicInteger heard = new AtomicInteger();
        try (FanwireClient subscriber = client(cluster.urls());
                FanwireClient publisher = client(cluster.steadyUrls())) {
            join(subscriber.subscribe(TOPIC, message -> heard.incrementAndGet()).ready());
            join(publisher.publish(TOPIC, "before"));
            await().untilAtomic(heard, is(1));
            cluster.disconnect(Part.CLIENTS);
            join(publisher.publish(TOPIC, "meanwhile"));
            assertThat(heard).hasValue(1);
            cluster.reconnect(Part.CLIENTS);
            // It comes back by itself, whatever became of what it missed.
            await().until(() -> {
                join(publisher.publish(TOPIC, "afterwards"));
                return heard.get() > 1;
            });
        }
    }

    @Test
    void nodesFindThePromotedReplicaAtTheSameAddress() {
        try (FanwireClient client = client(cluster.steadyUrls())) {
            join(client.publish(TOPIC, "to the first"));
            cluster.detachReplica();
            cluster.promoteReplica();
            await().ignoreExceptions().untilAsserted(() -> join(client.publish(TOPIC, "to the second")));
        }
    }

    @Test
    void onlyClientsCanBeOffline() {
        assertThatThrownBy(() -> cluster.disconnect(Part.REDIS)).isInstanceOf(HarnessException.class);
    }

    private static FanwireClient client(List<URI> urls) {
        return FanwireClient.connect(ClientOptions.builder(urls).build());
    }

    private static void join(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        future.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
