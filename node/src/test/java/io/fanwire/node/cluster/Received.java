package io.fanwire.node.cluster;

import io.fanwire.client.FanwireClient;
import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.client.Subscription;
import io.fanwire.client.TopicListener;
import io.fanwire.protocol.Position;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What one subscriber was told, in that order. */
final class Received implements TopicListener {
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<GapInfo> gaps = new CopyOnWriteArrayList<>();
    private final AtomicInteger confirmations = new AtomicInteger();

    /** Subscribes, and waits until the subscription stands. */
    static Received by(FanwireClient client, String topic) {
        Received received = new Received();
        received.subscription = client.subscribe(topic, received);
        received.subscription
                .ready()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return received;
    }

    private Subscription subscription;

    Subscription subscription() {
        return subscription;
    }

    List<String> texts() {
        return messages.stream().map(Message::text).toList();
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    List<GapInfo> gaps() {
        return List.copyOf(gaps);
    }

    /** How many messages came. */
    long seen() {
        return messages.size();
    }

    /** How many messages were told missing. */
    long missing() {
        return gaps.stream().mapToLong(GapInfo::missing).sum();
    }

    /** How often a node has confirmed the subscription: the first time, and after each reconnect. */
    int confirmations() {
        return confirmations.get();
    }

    @Override
    public void onSubscribed(Position position) {
        confirmations.incrementAndGet();
    }

    @Override
    public void onMessage(Message message) {
        messages.add(message);
    }

    @Override
    public void onGap(GapInfo gap) {
        gaps.add(gap);
    }
}
