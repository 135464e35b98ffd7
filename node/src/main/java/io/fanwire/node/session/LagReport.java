package io.fanwire.node.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far readers are behind, as a recent look at them found it. A subscription lags while it has something to read and
 * its session's socket does not take what is written.
 *
 * @param subscriptions that lag
 * @param sessions that have at least one of them
 * @param maxPublications that one of them is behind
 * @param maxBytes that one of them is behind in its topic's log
 * @param bytes that all of them are behind together; nothing of it is held for them
 * @param worstSessions the furthest first
 * @param worstTopics the furthest first; of many lanes, those that are among the worst of one
 */
public record LagReport(
        long subscriptions,
        long sessions,
        long maxPublications,
        long maxBytes,
        long bytes,
        List<Laggard> worstSessions,
        List<Laggard> worstTopics) {
    /** Nobody lags. */
    public static final LagReport NONE = new LagReport(0, 0, 0, 0, 0, List.of(), List.of());

    private static final int WORST = 10;

    /** Of several lanes. */
    public static LagReport sum(List<LagReport> parts) {
        List<Laggard> sessions = new ArrayList<>();
        Map<String, Laggard> topics = new HashMap<>();
        LagReport sum = NONE;
        for (LagReport part : parts) {
            sum = sum.plus(part);
            sessions.addAll(part.worstSessions);
            // One topic may have readers on each lane.
            for (Laggard topic : part.worstTopics) topics.merge(topic.name(), topic, Laggard::plus);
        }
        return sum.with(worst(sessions), worst(new ArrayList<>(topics.values())));
    }

    static List<Laggard> worst(List<Laggard> all) {
        return all.stream().sorted(Laggard.WORST_FIRST).limit(WORST).toList();
    }

    private LagReport plus(LagReport other) {
        return new LagReport(
                subscriptions + other.subscriptions,
                sessions + other.sessions,
                Math.max(maxPublications, other.maxPublications),
                Math.max(maxBytes, other.maxBytes),
                bytes + other.bytes,
                List.of(),
                List.of());
    }

    private LagReport with(List<Laggard> sessions, List<Laggard> topics) {
        return new LagReport(subscriptions, this.sessions, maxPublications, maxBytes, bytes, sessions, topics);
    }

    /**
     * A session or a topic that lags.
     *
     * @param name of the session, or the topic
     * @param subscriptions of it that lag
     * @param publications that one of them is behind at most
     * @param bytes that all of them are behind together, in the logs of their topics
     */
    public record Laggard(String name, int subscriptions, long publications, long bytes) {
        static final Comparator<Laggard> WORST_FIRST = Comparator.comparingLong(Laggard::publications)
                .thenComparingLong(Laggard::bytes)
                .reversed()
                .thenComparing(Laggard::name);

        Laggard plus(Laggard other) {
            return new Laggard(
                    name,
                    subscriptions + other.subscriptions,
                    Math.max(publications, other.publications),
                    bytes + other.bytes);
        }
    }
}
