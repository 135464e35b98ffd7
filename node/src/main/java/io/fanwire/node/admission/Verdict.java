package io.fanwire.node.admission;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a handshake.
 *
 * @param refusal null: accepted
 * @param retryAfter seconds; 0 where it is accepted
 */
public record Verdict(@Nullable Refusal refusal, int retryAfter) {
    static final Verdict ACCEPTED = new Verdict(null, 0);

    // Each is told another time: those who were refused together must not come back together.
    static Verdict refused(Refusal refusal) {
        return new Verdict(refusal, 1 + ThreadLocalRandom.current().nextInt(refusal.maxRetrySeconds()));
    }
}
