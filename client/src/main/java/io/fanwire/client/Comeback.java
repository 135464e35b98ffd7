package io.fanwire.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a client connects again, and where, so that a crowd that has lost its node neither comes back at the same
 * moment nor to the same place. Times are those of {@link System#nanoTime}. Owned by the loop.
 */
final class Comeback {
    private final NodeRotation nodes;
    private final Backoff backoff;
    private final RandomGenerator random;

    /** @param in the wait before it */
    record Attempt(URI url, Duration in) {}

    Comeback(List<URI> urls, Backoff backoff, RandomGenerator random) {
        this.nodes = new NodeRotation(urls, random);
        this.backoff = backoff;
        this.random = random;
    }

    /** Where to begin, at once. */
    URI first(long nowNanos) {
        return nodes.next(nowNanos);
    }

    /**
     * A connection ended.
     *
     * @param retryAfter when to come back, if the node said goodbye; it has drawn that for this client, so nothing is
     *     added to it
     * @param lasted whether the connection was stable. One that was not costs the backoff in any case: a node that takes
     *     clients only to send them away must not be hammered.
     */
    Attempt lost(@Nullable Duration retryAfter, boolean lasted, long nowNanos) {
        if (lasted) backoff.reset();
        if (retryAfter == null) return attempt(backoff.next(), nowNanos);
        return attempt(lasted ? retryAfter : longer(retryAfter, backoff.next()), nowNanos);
    }

    /**
     * An attempt failed.
     *
     * @param retryAfter how long to leave this node alone, if it said so. All that were refused in the same second got
     *     the same number: up to a fifth more keeps them from coming back in the same second. The others may be tried.
     */
    Attempt refused(URI url, @Nullable Duration retryAfter, long nowNanos) {
        if (retryAfter != null) nodes.rest(url, nowNanos + retryAfter.toNanos() + upTo(retryAfter.toNanos() / 5));
        return attempt(backoff.next(), nowNanos);
    }

    private Attempt attempt(Duration wait, long nowNanos) {
        long atNanos = nowNanos + wait.toNanos();
        URI url = nodes.next(atNanos);
        return new Attempt(url, wait.plusNanos(nodes.waitNanos(url, atNanos)));
    }

    private long upTo(long nanos) {
        return random.nextLong(nanos + 1);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
