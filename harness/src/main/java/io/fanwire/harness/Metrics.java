package io.fanwire.harness;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A node's metrics at one moment, summed over their labels.
 *
 * @param values by name, such as {@code jvm_memory_used_bytes}, and by name and one label, such as {@code
 *     jvm_memory_used_bytes{area="heap"}}
 */
public record Metrics(Map<String, Double> values) {
    private static final Pattern LABEL = Pattern.compile("\\w+=\"[^\"]*\"");

    public Metrics {
        values = Map.copyOf(values);
    }

    /** What a node's admin port says now; empty if it does not answer within half a second. */
    public static Metrics of(URI admin) {
        return parse(AdminPort.body(admin.resolve("/metrics")));
    }

    /** The same with another time to connect in, and to answer in. */
    static Metrics of(URI admin, Duration timeout) {
        return parse(AdminPort.body(admin.resolve("/metrics"), timeout));
    }

    /** Reads Prometheus' text format; lines that are none are left out. */
    public static Metrics parse(String text) {
        var values = new HashMap<String, Double>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(values, line));
        return new Metrics(values);
    }

    /** The value of a metric; 0 if the node does not have it. */
    public long get(String name) {
        return Math.round(values.getOrDefault(name, 0.0));
    }

    private static void add(Map<String, Double> values, String line) {
        int labels = line.indexOf('{');
        int end = labels < 0 ? 0 : line.lastIndexOf('}') + 1;
        String[] words = line.substring(end).strip().split(" ", -1);
        String name = labels < 0 ? words[0] : line.substring(0, labels);
        int value = labels < 0 ? 1 : 0;
        if (words.length <= value) return;
        parsed(words[value]).ifPresent(number -> {
            values.merge(name, number, Double::sum);
            LABEL.matcher(line.substring(Math.max(0, labels), end))
                    .results()
                    .forEach(label -> values.merge(name + "{" + label.group() + "}", number, Double::sum));
        });
    }

    private static OptionalDouble parsed(String word) {
        try {
            return OptionalDouble.of(Double.parseDouble(word));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
