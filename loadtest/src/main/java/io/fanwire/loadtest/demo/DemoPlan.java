package io.fanwire.loadtest.demo;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo runs.
 *
 * @param nodes how many
 * @param port the first node's; the others have the next ones
 * @param subscribers on all nodes together, at least one per node
 * @param rate publications per second, of all publishers together
 * @param duration of the traffic; null: until Ctrl-C
 */
record DemoPlan(
        int nodes,
        int port,
        int subscribers,
        int rate,
        @Nullable Duration duration) {
    static final int MAX_NODES = 20;
    private static final List<String> TOPICS = List.of("demo:news", "demo:sport", "demo:weather");

    /** @throws IllegalArgumentException with a message that names the option */
    DemoPlan {
        require(nodes >= 1 && nodes <= MAX_NODES, "--nodes must be between 1 and " + MAX_NODES + ": " + nodes);
        int highest = 65_536 - nodes;
        require(port >= 1 && port <= highest, "--port must be between 1 and " + highest + ": " + port);
        require(subscribers >= nodes, "--subscribers must be at least one per node: " + subscribers);
        require(subscribers <= 20_000, "--subscribers must be at most 20000: " + subscribers);
        require(rate >= 1 && rate <= 100_000, "--rate must be between 1 and 100000 per second: " + rate);
    }

    /** As many as get a subscriber on every node. */
    List<String> topics() {
        return TOPICS.subList(0, Math.min(TOPICS.size(), subscribers / nodes));
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) throw new IllegalArgumentException(complaint);
    }
}
