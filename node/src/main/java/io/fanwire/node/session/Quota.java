package io.fanwire.node.session;

import io.fanwire.node.rate.Rate;
import io.fanwire.node.rate.RateLimit;
import io.fanwire.node.rate.SharedRateLimit;
import io.fanwire.node.session.RateConfig.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much one session may do a second, by itself and together with others of its identity. Owned by the lane. */
final class Quota {
    static final Quota UNLIMITED = new Quota(null, null, null, null);

    private static final Rate FREE_HEARTBEATS = Rate.perSecond(1, Duration.ofSeconds(1));

    private final @Nullable RateLimit freeHeartbeats;
    private final @Nullable RateLimit commands;
    private final @Nullable RateLimit publishes;
    private final @Nullable Identity identity;

    private Quota(
            @Nullable RateLimit freeHeartbeats,
            @Nullable RateLimit commands,
            @Nullable RateLimit publishes,
            @Nullable Identity identity) {
        this.freeHeartbeats = freeHeartbeats;
        this.commands = commands;
        this.publishes = publishes;
        this.identity = identity;
    }

    /** @param address stands for the identity; until clients authenticate, the node knows no better */
    static Quota of(RateConfig rates, Identities identities, String address, long now) {
        if (!rates.limitsAny()) return UNLIMITED;
        return new Quota(
                new RateLimit(FREE_HEARTBEATS, now),
                limit(rates.commands(), rates, now),
                limit(rates.publishes(), rates, now),
                rates.limitsIdentities() ? identities.enter(address, now) : null);
    }

    /** Whether a heartbeat needs nothing: whoever is told to be quiet still has to say that he is there, but not all day. */
    boolean isFreeHeartbeat(long now) {
        return freeHeartbeats == null || freeHeartbeats.take(now) == 0;
    }

    /**
     * Takes what one command needs. The session's own comes first: what it may not do by itself costs the others of its
     * identity nothing.
     *
     * @return null, or what it was too much for
     */
    @Nullable
    Refusal take(boolean isPublish, long now) {
        Refusal refusal = take(Kind.COMMANDS, commands, now);
        if (refusal == null && isPublish) refusal = take(Kind.PUBLISHES, publishes, now);
        if (refusal != null || identity == null) return refusal;
        refusal = take(Kind.IDENTITY_COMMANDS, identity.commands, now);
        if (refusal == null && isPublish) refusal = take(Kind.IDENTITY_PUBLISHES, identity.publishes, now);
        return refusal;
    }

    /** The identity that is to be left at the session's end. */
    @Nullable
    Identity identity() {
        return identity;
    }

    private static @Nullable Refusal take(Kind kind, @Nullable RateLimit limit, long now) {
        return limit == null ? null : refusal(kind, limit.take(now));
    }

    private static @Nullable Refusal take(Kind kind, @Nullable SharedRateLimit limit, long now) {
        return limit == null ? null : refusal(kind, limit.take(now));
    }

    private static @Nullable Refusal refusal(Kind kind, long waitNanos) {
        return waitNanos == 0 ? null : new Refusal(kind, waitNanos);
    }

    private static @Nullable RateLimit limit(int perSecond, RateConfig rates, long now) {
        return perSecond == 0 ? null : new RateLimit(Rate.perSecond(perSecond, rates.burst()), now);
    }

    /** @param waitNanos after which it would be admitted, if nobody comes before */
    record Refusal(Kind kind, long waitNanos) {
        int waitMillis() {
            return (int) Math.min(Integer.MAX_VALUE, (waitNanos + 999_999) / 1_000_000);
        }
    }
}
