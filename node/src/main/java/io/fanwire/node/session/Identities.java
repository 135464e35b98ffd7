package io.fanwire.node.session;

import io.fanwire.node.rate.Rate;
import io.fanwire.node.rate.SharedRateLimit;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The identities that have sessions on this node. Any thread. */
final class Identities {
    private final ConcurrentHashMap<String, Identity> byName = new ConcurrentHashMap<>();
    private final RateConfig rates;

    Identities(RateConfig rates) {
        this.rates = rates;
    }

    /** One session more; to be left again. */
    Identity enter(String name, long now) {
        return byName.compute(name, (key, known) -> {
            Identity identity = known == null ? create(key, now) : known;
            identity.sessions++;
            return identity;
        });
    }

    /** One session less; the last one takes the identity with it. */
    void leave(Identity identity) {
        byName.computeIfPresent(identity.name, (key, known) -> --known.sessions == 0 ? null : known);
    }

    int size() {
        return byName.size();
    }

    private Identity create(String name, long now) {
        return new Identity(name, limit(rates.identityCommands(), now), limit(rates.identityPublishes(), now));
    }

    private @Nullable SharedRateLimit limit(int perSecond, long now) {
        return perSecond == 0 ? null : new SharedRateLimit(Rate.perSecond(perSecond, rates.burst()), now);
    }
}
