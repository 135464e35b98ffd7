package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a plan wants.
 *
 * @param count how many, at least
 * @param atStart how many of them run when the clients come; the others are started by steps
 * @param settings environment variables of each, such as {@code FANWIRE_DRAIN_DURATION}
 * @param gracePeriod that a node has to end by itself when it is drained
 * @param service that clients come through; null where they know each node
 */
public record NodeSetup(
        int count,
        int atStart,
        Map<String, String> settings,
        Duration gracePeriod,
        @Nullable ServiceSetup service) {
    /** A node's own drain takes 25 s at most, if nobody says otherwise. */
    static final Duration GRACE_PERIOD = Duration.ofSeconds(60);

    public NodeSetup {
        settings = Map.copyOf(new TreeMap<>(settings));
        if (atStart > count) throw new IllegalArgumentException(atStart + " of " + count + " nodes can't be there");
    }

    /** So many, all from the start, with the settings that a node has by itself. */
    public static NodeSetup plain(int count) {
        return new NodeSetup(count, count, Map.of(), GRACE_PERIOD, null);
    }

    boolean isPlain() {
        return atStart == count && settings.isEmpty() && service == null && gracePeriod.equals(GRACE_PERIOD);
    }

    /** Whether it runs when the clients come. */
    boolean isAtStart(Part node) {
        return node.number() <= atStart;
    }
}
