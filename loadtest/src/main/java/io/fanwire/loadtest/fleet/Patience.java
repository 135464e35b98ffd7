package io.fanwire.loadtest.fleet;

import java.time.Duration;

/**
 * How long one process waits for another.
 *
 * @param greeting from the connection to the first message
 * @param silence without any message: both ends say every second that they live
 * @param step for what it was told to do, such as to connect its clients
 */
record Patience(Duration greeting, Duration silence, Duration step) {
    // A worker that has just started on a busy machine takes seconds to its first word, and who never says one holds up
    // nobody.
    // 100,000 clients at the slowest pace that a scenario bears take less than ten minutes.
    static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofMinutes(10));
}
