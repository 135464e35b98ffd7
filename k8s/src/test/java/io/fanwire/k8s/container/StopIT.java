package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientListener;
import io.fanwire.client.ClientOptions;
import io.fanwire.client.Disconnection;
import io.fanwire.client.FanwireClient;
import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.client.TopicListener;
import io.fanwire.protocol.Position;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A pod that is told to stop while clients are connected: two nodes, of which one goes. */
class StopIT {
    private static final int CLIENTS = 50;
    private static final int BEFORE = 20;
    private static final int MEANWHILE = 200;
    private static final int GOING_AWAY = 1012;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void itSaysGoodbyeToAllAndEndsInTimeAndNothingIsLost() throws Exception {
        // Nobody is to leave but for the stop.
        PodSpec spec = PodSpec.of("dev").with("FANWIRE_REBALANCE_PACE_PERCENT", "0");
        try (PodNetwork network = PodNetwork.create()) {
            network.redis().awaitRedis("");
            Pod leaving = network.node(spec);
            Pod staying =
                    network.node(spec.with("FANWIRE_NODE_ID", "fanwire-1")).awaitReady();
            leaving.awaitReady();
            try (Ears ears = new Ears(leaving.url(), staying.url());
                    FanwireClient publisher = FanwireClient.connect(
                            ClientOptions.builder(staying.url().toString()).build())) {
                List<String> published = new ArrayList<>(publish(publisher, 0, BEFORE));
                await().atMost(PATIENCE).until(() -> ears.allHaveHeard(published));
                int leavingClients = (int) leaving.metrics().get("fanwire_connections");
                assertThat(leavingClients).isPositive();
                // While the node says its goodbyes, in another thread than Docker's.
                CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(leaving::stop);
                published.addAll(publish(publisher, BEFORE, MEANWHILE));
                // It ended by itself: who is killed when the grace period is over has 137.
                assertThat(exit.get(spec.grace().toSeconds() * 2, TimeUnit.SECONDS))
                        .isZero();
                await().atMost(PATIENCE).until(() -> ears.allHaveHeard(published));
                assertThat(ears.goodbyes(leaving.url())).hasSize(leavingClients).containsOnly(GOING_AWAY);
                assertThat(ears.gaps()).isZero();
            }
            assertThat(leaving.logs()).contains("node fanwire-0 stopped");
        }
    }

    private static List<String> publish(FanwireClient publisher, int from, int count) {
        List<String> texts = IntStream.range(from, from + count)
                .mapToObj(i -> "message " + i)
                .toList();
        texts.stream()
                .map(text -> publisher.publish("k8s:stop", text))
                .map(CompletionStage::toCompletableFuture)
                .forEach(CompletableFuture::join);
        return texts;
    }

    /** Subscribers, of which each takes either node. */
    private static final class Ears implements AutoCloseable {
        private final List<Ear> ears = new ArrayList<>();

        Ears(URI first, URI second) {
            for (int i = 0; i < CLIENTS; i++) ears.add(new Ear(first, second));
            for (Ear ear : ears) ear.subscribed.join();
        }

        boolean allHaveHeard(List<String> texts) {
            return ears.stream().allMatch(ear -> List.copyOf(ear.heard).equals(texts));
        }

        /** Close codes. */
        List<Integer> goodbyes(URI node) {
            return ears.stream()
                    .flatMap(ear -> ear.ends.stream())
                    .filter(end -> end.wasConnected() && end.url().equals(node))
                    .map(Disconnection::closeCode)
                    .toList();
        }

        int gaps() {
            return ears.stream().mapToInt(ear -> ear.gaps.get()).sum();
        }

        @Override
        public void close() {
            ears.forEach(ear -> ear.client.close());
        }
    }

    private static final class Ear implements TopicListener, ClientListener {
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();
        private final Queue<Disconnection> ends = new ConcurrentLinkedQueue<>();
        private final AtomicInteger gaps = new AtomicInteger();
        private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
        private final FanwireClient client;

        Ear(URI first, URI second) {
            client = FanwireClient.connect(
                    ClientOptions.builder(List.of(first, second)).listener(this).build());
            client.subscribe("k8s:stop", this);
        }

        @Override
        public void onMessage(Message message) {
            heard.add(message.text());
        }

        @Override
        public void onGap(GapInfo gap) {
            gaps.incrementAndGet();
        }

        @Override
        public void onSubscribed(Position position) {
            subscribed.complete(null);
        }

        @Override
        public void onDisconnected(Disconnection disconnection) {
            ends.add(disconnection);
        }
    }
}
