package io.fanwire.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When each client of a crowd comes back, decided by the client's own {@link Comeback} with one URL, that of a balancer.
 * A client has one from the first time that it is lost. Times are nanoseconds of the simulation. One thread.
 */
public final class Returns {
    private final ClientOptions options;
    private final RandomGenerator random;
    private final @Nullable Comeback[] comebacks;
    private final long[] connectedAt;

    /**
     * @param minBackoff see {@link ClientOptions#minBackoff}
     * @param maxBackoff see {@link ClientOptions#maxBackoff}
     */
    public Returns(int clients, Duration minBackoff, Duration maxBackoff, RandomGenerator random) {
        this.options = ClientOptions.builder("ws://service/ws")
                .backoff(minBackoff, maxBackoff)
                .build();
        this.random = random;
        this.comebacks = new Comeback[clients];
        this.connectedAt = new long[clients];
        Arrays.fill(connectedAt, -2 * maxBackoff.toNanos());
    }

    /** The client has a connection. */
    public void connected(int client, long now) {
        connectedAt[client] = now;
    }

    /**
     * The client's connection ended.
     *
     * @param retryAfter what the node's goodbye asked for; null without one
     * @return how long the client waits
     */
    public long lost(int client, @Nullable Duration retryAfter, long now) {
        // As the client's link tells a stable connection.
        boolean lasted = now - connectedAt[client] > options.maxBackoff().toNanos();
        return comeback(client).lost(heard(retryAfter), lasted, now).in().toNanos();
    }

    /**
     * An attempt failed.
     *
     * @param retryAfter what the answer asked for; null without one
     * @return how long the client waits
     */
    public long refused(int client, @Nullable Duration retryAfter, long now) {
        return comeback(client)
                .refused(options.urls().get(0), heard(retryAfter), now)
                .in()
                .toNanos();
    }

    private static @Nullable Duration heard(@Nullable Duration retryAfter) {
        return retryAfter == null ? null : RetryAfter.millis(Math.toIntExact(retryAfter.toMillis()));
    }

    private Comeback comeback(int client) {
        Comeback known = comebacks[client];
        if (known != null) return known;
        Backoff backoff = new Backoff(options.minBackoff(), options.maxBackoff(), random);
        Comeback made = new Comeback(options.urls(), backoff, random);
        comebacks[client] = made;
        return made;
    }
}
