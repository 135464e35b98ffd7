package io.fanwire.loadtest.chaos;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which nodes a plan wants.
 *
 * @param count how many, at least
 * @param atStart how many of them run when the clients come; the others are started by steps
 * @param settings environment variables of each, such as {@code FANWIRE_DRAIN_DURATION}
 */
public record NodeSetup(int count, int atStart, Map<String, String> settings) {
    public NodeSetup {
        settings = Map.copyOf(new TreeMap<>(settings));
        if (atStart > count) throw new IllegalArgumentException(atStart + " of " + count + " nodes can't be there");
    }

    /** So many, all from the start, with the settings that a node has by itself. */
    public static NodeSetup plain(int count) {
        return new NodeSetup(count, count, Map.of());
    }

    boolean isPlain() {
        return atStart == count && settings.isEmpty();
    }

    /** Whether it runs when the clients come. */
    boolean isAtStart(Part node) {
        return node.number() <= atStart;
    }
}
