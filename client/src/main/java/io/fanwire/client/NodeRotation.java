package io.fanwire.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Which node to try: each in turn, the one tried last at the end. Every client has an order of its own, and a new one
 * for each round: if all went from one node to the same next one, that one would get all the clients of a lost node.
 * Times are those of {@link System#nanoTime}. Owned by the loop.
 */
final class NodeRotation {
    /** What to try next first; always all of them. */
    private final List<URI> order;

    private final RandomGenerator random;
    private final Map<URI, Long> notBefore = new HashMap<>();
    private int taken;

    NodeRotation(List<URI> urls, RandomGenerator random) {
        this.order = new ArrayList<>(urls);
        this.random = random;
        shuffle(order.size());
    }

    /** The node to try at that time. If all are to be left alone, the one that may be tried first, see {@link #waitNanos}. */
    URI next(long atNanos) {
        if (taken == order.size()) startRound();
        taken++;
        URI url = choose(atNanos);
        order.remove(url);
        order.add(url);
        return url;
    }

    /** How long the node is still to be left alone then; 0 if it may be tried. */
    long waitNanos(URI url, long atNanos) {
        return Math.max(0, notBefore.getOrDefault(url, atNanos) - atNanos);
    }

    /** Leaves the node alone until then. */
    void rest(URI url, long untilNanos) {
        notBefore.put(url, untilNanos);
    }

    private URI choose(long atNanos) {
        URI best = order.get(0);
        for (URI url : order) if (waitNanos(url, atNanos) < waitNanos(best, atNanos)) best = url;
        return best;
    }

    /** Anything but the one first that was tried a moment ago. */
    private void startRound() {
        taken = 0;
        int last = order.size() - 1;
        shuffle(last);
        if (last > 0) Collections.swap(order, last, 1 + random.nextInt(last));
    }

    /** The first so many. */
    private void shuffle(int count) {
        for (int i = count - 1; i > 0; i--) Collections.swap(order, i, random.nextInt(i + 1));
    }
}
