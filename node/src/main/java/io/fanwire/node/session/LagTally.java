package io.fanwire.node.session;

import io.fanwire.node.session.LagReport.Laggard;
import io.fanwire.node.topic.Subscription;
import io.fanwire.protocol.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up how far sessions are behind. Owned by the lane. */
final class LagTally {
    // Beyond it the furthest so far are kept.
    private static final int MAX_SESSIONS = 1_000;

    private final List<Laggard> sessions = new ArrayList<>();
    private final Map<Topic, Laggard> topics = new HashMap<>();
    private long subscriptions;
    private long lagging;
    private long maxPublications;
    private long maxBytes;
    private long bytes;

    /** @param all subscriptions of a session whose socket does not take what is written */
    void add(String session, Collection<Subscription> all) {
        Laggard sum = new Laggard(session, 0, 0, 0);
        for (Subscription each : all) {
            long publications = each.publicationsBehind();
            if (publications > 0) sum = sum.plus(add(each, publications, each.bytesBehind()));
        }
        if (sum.subscriptions() > 0) add(sum);
    }

    LagReport report() {
        return new LagReport(
                subscriptions,
                lagging,
                maxPublications,
                maxBytes,
                bytes,
                LagReport.worst(sessions),
                LagReport.worst(List.copyOf(topics.values())));
    }

    private Laggard add(Subscription subscription, long publicationsBehind, long bytesBehind) {
        subscriptions++;
        maxPublications = Math.max(maxPublications, publicationsBehind);
        maxBytes = Math.max(maxBytes, bytesBehind);
        bytes += bytesBehind;
        Topic topic = subscription.topic();
        Laggard one = new Laggard(topic.name(), 1, publicationsBehind, bytesBehind);
        topics.merge(topic, one, Laggard::plus);
        return one;
    }

    private void add(Laggard session) {
        lagging++;
        sessions.add(session);
        if (sessions.size() < MAX_SESSIONS) return;
        List<Laggard> worst = LagReport.worst(sessions);
        sessions.clear();
        sessions.addAll(worst);
    }
}
