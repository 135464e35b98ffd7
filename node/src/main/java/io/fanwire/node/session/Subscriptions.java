package io.fanwire.node.session;

import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.topic.Audiences;
import io.fanwire.node.topic.Since;
import io.fanwire.node.topic.Started;
import io.fanwire.node.topic.Subscriber;
import io.fanwire.node.topic.Subscription;
import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Subscribe;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One session's subscriptions, by topic. All state is owned by the lane. */
final class Subscriptions implements Subscriber {
    // Most sessions have one or two.
    private static final int EXPECTED = 2;

    private final Map<Topic, Subscription> byTopic = new HashMap<>(EXPECTED);
    private final Audiences audiences;
    private final Outbox outbox;
    private final int max;
    private int unanswered;

    Subscriptions(Audiences audiences, Outbox outbox, int max) {
        this.audiences = audiences;
        this.outbox = outbox;
        this.max = max;
    }

    /** Subscribe commands that wait for their answer, those unsubscribed meanwhile included. */
    int unanswered() {
        return unanswered;
    }

    Collection<Subscription> all() {
        return byTopic.values();
    }

    void subscribe(long id, Subscribe command) {
        try {
            Topic topic = new Topic(command.getTopic());
            Namespace namespace = audiences.namespaceOf(topic);
            Since since = command.hasSince() ? Points.since(command.getSince()) : new Since.Now();
            if (since instanceof Since.Point) NoHistoryException.check(topic, namespace);
            subscribe(id, topic, since);
        } catch (RuntimeException e) {
            outbox.add(Failures.reply(id, e));
        }
    }

    private void subscribe(long id, Topic topic, Since since) {
        if (byTopic.containsKey(topic)) {
            outbox.add(Replies.error(id, ErrorCode.ERROR_CODE_ALREADY_SUBSCRIBED, "already subscribed to " + topic));
        } else if (byTopic.size() >= max) {
            outbox.add(Replies.error(
                    id, ErrorCode.ERROR_CODE_LIMIT_REACHED, "a session has at most " + max + " subscriptions"));
        } else {
            unanswered++;
            keep(topic, audiences.subscribe(topic, since, this, new Answer(id)));
        }
    }

    void unsubscribe(long id, String name) {
        Subscription subscription = remove(name);
        if (subscription == null) {
            outbox.add(Replies.error(id, ErrorCode.ERROR_CODE_NOT_SUBSCRIBED, "not subscribed to that topic"));
            return;
        }
        subscription.end();
        outbox.add(Replies.unsubscribed(id));
    }

    void endAll() {
        List.copyOf(byTopic.values()).forEach(Subscription::end);
        byTopic.clear();
    }

    @Override
    public void onReady(Subscription subscription) {
        outbox.onReady(subscription);
    }

    private void keep(Topic topic, Subscription subscription) {
        // The first write may have ended the session: then nobody would end this subscription.
        if (outbox.isClosed()) subscription.end();
        else byTopic.put(topic, subscription);
    }

    private @Nullable Subscription remove(String name) {
        try {
            return byTopic.remove(new Topic(name));
        } catch (InvalidTopicException e) {
            // Nobody can have subscribed to it.
            return null;
        }
    }

    /** Answers the subscribe command with this id. */
    private final class Answer implements Outcome {
        private final long id;

        Answer(long id) {
            this.id = id;
        }

        @Override
        public void onSubscribed(Subscription subscription, Started started) {
            unanswered--;
            outbox.add(Replies.subscribed(id, subscription.topicId(), started));
        }

        @Override
        public void onRefused(Subscription subscription, RuntimeException why) {
            unanswered--;
            byTopic.remove(subscription.topic(), subscription);
            outbox.add(Failures.reply(id, why));
            outbox.flush();
        }
    }
}
