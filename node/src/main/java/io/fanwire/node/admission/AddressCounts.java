package io.fanwire.node.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many each address has of something. An address with none takes no memory. Any thread. */
final class AddressCounts {
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();
    private final int max;

    /** @param max 0: no limit, and nothing is counted */
    AddressCounts(int max) {
        this.max = max;
    }

    /** One more, if the address may have it. */
    boolean take(String address) {
        if (max == 0) return true;
        int before = counts.getOrDefault(address, 0);
        // Most attempts of one that has too many end here, without a write.
        if (before >= max) return false;
        if (counts.merge(address, 1, Integer::sum) <= max) return true;
        give(address);
        return false;
    }

    /** One less. */
    void give(String address) {
        if (max == 0) return;
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Addresses that have at least one. */
    int addresses() {
        return counts.size();
    }
}
