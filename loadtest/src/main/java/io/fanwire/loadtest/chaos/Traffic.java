package io.fanwire.loadtest.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The traffic under the faults, in the words of the command that makes it; what is left out is that command's choice.
 *
 * @param amounts by name: {@code topics}, {@code rate} and others
 */
public record Traffic(Map<String, Integer> amounts) {
    static final List<String> NAMES = List.of("topics", "subscribers", "publishers", "rate", "payload");

    private static final String TOPICS = "topics";
    private static final int DEFAULT_TOPICS = 10;
    private static final String PREFIX = "chaos";

    public Traffic {
        amounts = new TreeMap<>(amounts);
        amounts.putIfAbsent(TOPICS, DEFAULT_TOPICS);
    }

    /** The names of all, for those who join in. */
    public List<String> topics() {
        return IntStream.rangeClosed(1, amounts.getOrDefault(TOPICS, DEFAULT_TOPICS))
                .mapToObj(i -> PREFIX + ":" + i)
                .toList();
    }

    /** As options of a command line: {@code --rate 500}. */
    public List<String> options() {
        List<String> options = new ArrayList<>(List.of("--prefix", PREFIX));
        amounts.forEach((name, amount) -> options.addAll(List.of("--" + name, Integer.toString(amount))));
        return options;
    }
}
