package io.fanwire.loadtest.demo;

import java.util.Locale;

/**
 * Where the demo stands: what was published, and what of it arrived.
 *
 * @param publications acknowledged by a node
 * @param failed not acknowledged: refused or timed out
 * @param deliveries to all subscribers together
 * @param acrossNodes those of them whose publisher was on another node
 * @param lost acknowledged publications that a subscriber did not get, summed over the subscribers
 * @param p50 latency in milliseconds
 * @param p99 latency in milliseconds
 */
record Account(
        long publications,
        long failed,
        long deliveries,
        long acrossNodes,
        long lost,
        long duplicated,
        long outOfOrder,
        double p50,
        double p99) {
    /** One line, as the demo ends with it. */
    String line() {
        String text = String.format(
                Locale.ROOT,
                "%,d publications, %,d deliveries (%,d across nodes), %,d lost, %,d duplicated, %,d out of order, "
                        + "p50 %.1f ms, p99 %.1f ms",
                publications,
                deliveries,
                acrossNodes,
                lost,
                duplicated,
                outOfOrder,
                p50,
                p99);
        return failed == 0 ? text : text + String.format(Locale.ROOT, ", %,d publications failed", failed);
    }
}
