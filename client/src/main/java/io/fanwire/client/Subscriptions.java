package io.fanwire.client;

import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Unsubscribe;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a client: subscribed again over every connection. All state is owned by the loop, and every method is
 * to be called on it.
 */
final class Subscriptions implements Follower {
    private final Loop loop;
    private final Supplier<Backoff> backoffs;
    private final Places places;
    private final Map<String, Subscription> byTopic = new LinkedHashMap<>();
    /** Only what this connection has confirmed. */
    private final Map<Integer, Subscription> byId = new HashMap<>();
    /** Unsubscribed on this connection, not yet confirmed. */
    private final Set<Subscription> leaving = new LinkedHashSet<>();

    private @Nullable Connection connection;
    private @Nullable ClientClosedException closed;

    /**
     * @param backoffs for subscriptions that are refused for now
     * @param places is told of those that are refused for good
     */
    Subscriptions(Loop loop, Supplier<Backoff> backoffs, Places places) {
        this.loop = loop;
        this.backoffs = backoffs;
        this.places = places;
    }

    void add(Subscription subscription) {
        if (closed != null) {
            subscription.end(closed);
        } else if (byTopic.putIfAbsent(subscription.topic(), subscription) != null) {
            refuse(subscription, alreadySubscribed(subscription.topic()));
        } else if (connection != null) {
            subscribe(connection, subscription, backoffs.get());
        }
    }

    void remove(Subscription subscription) {
        boolean known = byTopic.remove(subscription.topic(), subscription);
        byId.values().remove(subscription);
        if (known && connection != null) {
            unsubscribe(connection, subscription);
        } else {
            subscription.end(null);
        }
    }

    void event(Event event) {
        int id = event.hasGap()
                ? event.getGap().getTopicId()
                : event.getPublication().getTopicId();
        Subscription subscription = byId.get(id);
        if (subscription == null) return; // unsubscribed a moment ago
        if (event.hasPublication()) {
            subscription.publication(event.getPublication());
        } else if (!subscription.gap(event.getGap())) {
            askAgain(subscription);
        }
    }

    @Override
    public void connected(Connection opened) {
        connection = opened;
        List.copyOf(byTopic.values()).forEach(subscription -> subscribe(opened, subscription, backoffs.get()));
    }

    @Override
    public void disconnected() {
        connection = null;
        byId.clear();
        endLeaving();
    }

    @Override
    public void closed(ClientClosedException why) {
        closed = why;
        connection = null;
        byId.clear();
        endLeaving();
        List<Subscription> all = List.copyOf(byTopic.values());
        byTopic.clear();
        all.forEach(subscription -> subscription.end(why));
    }

    private void subscribe(Connection over, Subscription subscription, Backoff backoff) {
        if (connection != over || byTopic.get(subscription.topic()) != subscription) return; // things have changed
        Command.Builder command = Command.newBuilder().setSubscribe(subscription.wire());
        over.request(command, reply -> subscribed(over, subscription, backoff, reply));
    }

    private void subscribed(Connection over, Subscription subscription, Backoff backoff, Reply reply) {
        if (byTopic.get(subscription.topic()) != subscription) return; // unsubscribed meanwhile
        if (reply.hasSubscribed()) {
            byId.put(reply.getSubscribed().getTopicId(), subscription);
            subscription.confirmed(reply.getSubscribed());
        } else if (reply.getError().getRetryable()) {
            Duration wait = backoff.next(FanwireException.of(reply.getError()));
            var unused = loop.after(wait, () -> subscribe(over, subscription, backoff));
        } else {
            byTopic.remove(subscription.topic());
            refuse(subscription, FanwireException.of(reply.getError()));
        }
    }

    private void refuse(Subscription subscription, FanwireException error) {
        places.remove(subscription);
        subscription.refused(error);
    }

    /** Over the same connection, behind the position that was reached: what comes for the old subscription is nobody's. */
    private void askAgain(Subscription subscription) {
        byId.values().remove(subscription);
        if (connection == null) return;
        Connection over = connection;
        over.request(unsubscribe(subscription), reply -> subscribe(over, subscription, backoffs.get()));
    }

    private void unsubscribe(Connection over, Subscription subscription) {
        leaving.add(subscription);
        over.request(unsubscribe(subscription), reply -> {
            leaving.remove(subscription);
            subscription.end(null); // an error as well: then there was no subscription
        });
    }

    private void endLeaving() {
        List<Subscription> all = List.copyOf(leaving);
        leaving.clear();
        all.forEach(subscription -> subscription.end(null));
    }

    private static Command.Builder unsubscribe(Subscription subscription) {
        return Command.newBuilder().setUnsubscribe(Unsubscribe.newBuilder().setTopic(subscription.topic()));
    }

    private static FanwireException alreadySubscribed(String topic) {
        return new FanwireException(
                ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED,
                "this client is subscribed to " + topic + " already: unsubscribe first, or use the one there is",
                false);
    }
}
