package io.fanwire.loadtest.chaos;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fault happens to: a node, Redis, or all clients.
 *
 * @param service {@code node}, {@code redis} or {@code clients}
 * @param number counted from 1
 */
public record Part(String service, int number) implements Comparable<Part> {
    public static final Part REDIS = new Part("redis", 1);

    /** Those who subscribe: only their network can be taken from them. */
    public static final Part CLIENTS = new Part("clients", 1);

    private static final String NODE = "node";
    private static final Pattern NODE_NUMBER = Pattern.compile("node (\\d{1,4})");

    public static Part node(int number) {
        return new Part(NODE, number);
    }

    /** Of {@code redis} or {@code node 2}; empty for anything else. */
    static Optional<Part> of(String text) {
        if (text.equals(REDIS.service)) return Optional.of(REDIS);
        Matcher node = NODE_NUMBER.matcher(text);
        return node.matches() ? Optional.of(node(Integer.parseInt(node.group(1)))) : Optional.empty();
    }

    boolean isNode() {
        return service.equals(NODE);
    }

    /** As a plan says it. */
    @Override
    public String toString() {
        return isNode() ? service + " " + number : service;
    }

    @Override
    public int compareTo(Part other) {
        return Comparator.comparing(Part::service).thenComparing(Part::number).compare(this, other);
    }
}
