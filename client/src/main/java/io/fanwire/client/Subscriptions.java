package io.fanwire.client;

import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Unsubscribe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** The topics whose unsubscribe this connection has not confirmed yet, with the subscriptions that end by it. */
    private final Map<String, List<Subscription>> leaving = new LinkedHashMap<>();

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
            leave(connection, subscription.topic()).add(subscription);
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
        if (leaving.containsKey(subscription.topic())) return; // its turn comes when the node has let go of the topic
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
        if (connection != null) leave(connection, subscription.topic());
    }

    /** Returns what ends when the node has let go of the topic. Whoever is subscribed to it then is subscribed anew. */
    private List<Subscription> leave(Connection over, String topic) {
        List<Subscription> underWay = leaving.get(topic);
        if (underWay != null) return underWay;
        List<Subscription> ending = new ArrayList<>();
        leaving.put(topic, ending);
        unsubscribe(over, topic, backoffs.get());
        return ending;
    }

    private void unsubscribe(Connection over, String topic, Backoff backoff) {
        if (connection != over) return;
        Command.Builder command =
                Command.newBuilder().setUnsubscribe(Unsubscribe.newBuilder().setTopic(topic));
        over.request(command, reply -> unsubscribed(over, topic, backoff, reply));
    }

    private void unsubscribed(Connection over, String topic, Backoff backoff, Reply reply) {
        if (reply.getError().getRetryable()) {
            // The node still delivers, and would refuse to subscribe to the topic again.
            Duration wait = backoff.next(FanwireException.of(reply.getError()));
            var unused = loop.after(wait, () -> unsubscribe(over, topic, backoff));
            return;
        }
        List<Subscription> ended = leaving.remove(topic);
        if (ended != null) ended.forEach(subscription -> subscription.end(null));
        Subscription next = byTopic.get(topic);
        if (next == null) return;
        if (isLeft(reply)) {
            subscribe(over, next, backoffs.get());
        } else {
            byTopic.remove(topic);
            refuse(next, FanwireException.of(reply.getError()));
        }
    }

    private static boolean isLeft(Reply reply) {
        return reply.hasUnsubscribed() || reply.getError().getCode() == ErrorCode.ERROR_CODE_NOT_SUBSCRIBED;
    }

    private void endLeaving() {
        List<List<Subscription>> all = List.copyOf(leaving.values());
        leaving.clear();
        all.forEach(ended -> ended.forEach(subscription -> subscription.end(null)));
    }

    private static FanwireException alreadySubscribed(String topic) {
        return new FanwireException(
                ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED,
                "this client is subscribed to " + topic + " already: unsubscribe first, or use the one there is",
                false);
    }
}
