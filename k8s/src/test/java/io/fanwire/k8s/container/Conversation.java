package io.fanwire.k8s.container;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that says something to itself. */
final class Conversation {
    private static final long PATIENCE_SECONDS = 30;

    private Conversation() {}

    /** @throws AssertionError if what it publishes does not come back to it */
    static void isHeard(URI url) {
        CompletableFuture<String> heard = new CompletableFuture<>();
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        try (FanwireClient client =
                FanwireClient.connect(ClientOptions.builder(url.toString()).build())) {
            client.subscribe("k8s:conversation", new Ear(heard, subscribed));
            subscribed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            client.publish("k8s:conversation", "hi");
            String text = heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!text.equals("hi")) throw new AssertionError("heard " + text);
        } catch (Exception e) {
            throw new AssertionError("no conversation with " + url, e);
        }
    }

    private record Ear(CompletableFuture<String> heard, CompletableFuture<Void> subscribed)
            implements io.fanwire.client.TopicListener {
        @Override
        public void onMessage(io.fanwire.client.Message message) {
            heard.complete(message.text());
        }

        @Override
        public void onSubscribed(io.fanwire.protocol.Position position) {
            subscribed.complete(null);
        }
    }
}
