package io.fanwire.node.topic;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A subscriber whose socket is always ready and costs nothing: reads all there is, and waits again. */
final class Reader implements Subscriber, Subscriber.Outcome {
    // A field, so that the compiler can't do away with what is read.
    @Nullable
    ByteBuffer newest;

    @Override
    public void onReady(Subscription subscription) {
        for (ByteBuffer events = subscription.take(); events != null; events = subscription.take()) {
            newest = events;
            subscription.giveBack(events);
        }
        subscription.await();
    }

    @Override
    public void onSubscribed(Subscription subscription, Started started) {}

    @Override
    public void onRefused(Subscription subscription, RuntimeException why) {
        throw why;
    }
}
