package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait of a node that starts for a Redis that is away. Used once, by one thread, which it blocks; the time runs from
 * its making.
 */
final class FirstConnection {
    private static final Logger log = LoggerFactory.getLogger(FirstConnection.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final RedisConfig config;
    private final IntervalFunction longestPause;
    private final long start = System.nanoTime();
    // Causes that were logged: most attempts fail as the one before.
    private final Set<String> told = new HashSet<>();

    FirstConnection(RedisConfig config) {
        this.config = config;
        longestPause = IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2, config.maxReconnectDelay());
    }

    /**
     * Takes no longer than {@link RedisConfig#startTimeout} and one attempt, or two if they take longer.
     *
     * @param attempt fails with {@link Kind#UNAVAILABLE} if another one may do better
     * @throws BackplaneException the last attempt's
     */
    <T> T open(Supplier<T> attempt) {
        Retry retry = Retry.of("fanwire-redis-start", attempts());
        retry.getEventPublisher().onSuccess(event -> succeeded());
        return retry.executeSupplier(attempt);
    }

    private RetryConfig attempts() {
        return RetryConfig.custom()
                // Time is the limit.
                .maxAttempts(Integer.MAX_VALUE)
                .retryOnException(this::isWorthAnother)
                .intervalFunction(this::pause)
                .build();
    }

    private boolean isWorthAnother(Throwable failure) {
        boolean mayPass = failure instanceof BackplaneException e && e.kind() == Kind.UNAVAILABLE;
        boolean worth = mayPass && isTimeForAnother();
        if (worth) tell(String.valueOf(failure.getMessage()));
        return worth;
    }

    private void tell(String cause) {
        if (!told.add(cause)) return;
        if (told.size() == 1) log.warn("{}; trying again for {} s", cause, seconds());
        else log.warn("{}; still trying", cause);
    }

    /** For who waits at all there is a second attempt, however long the first one took. */
    private boolean isTimeForAnother() {
        return millisLeft() > 0 || told.isEmpty() && config.startTimeout().toMillis() > 0;
    }

    /** With full jitter, as nodes start together after an outage; the last one ends when the time does. */
    private long pause(int attempt) {
        long pause = ThreadLocalRandom.current().nextLong(longestPause.apply(attempt) + 1);
        return Math.min(pause, Math.max(0, millisLeft()));
    }

    private long millisLeft() {
        return config.startTimeout().toMillis() - millisSinceStart();
    }

    private long millisSinceStart() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Begun ones count. */
    private long seconds() {
        return config.startTimeout().plusMillis(999).toSeconds();
    }

    /** Not called when the first attempt was the only one. */
    private void succeeded() {
        log.info("connected to {} after {} ms", config.shownUri(), millisSinceStart());
    }
}
