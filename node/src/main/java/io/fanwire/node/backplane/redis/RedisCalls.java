package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * How Redis is called: never without a time limit, not at all while it is known not to answer, and again only where a
 * repetition does no harm. Thread-safe. First attempts are made by the caller's thread, repetitions and timeouts come
 * from the timer's; stages fail with a {@link BackplaneException}.
 */
final class RedisCalls {
    private static final String NAME = "fanwire-redis";
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final ScheduledExecutorService timer;
    private final TimeLimiter timeLimiter;
    private final CircuitBreaker breaker;
    private final Retry retry;
    private volatile boolean closed;
    private volatile String refusal = "";

    RedisCalls(Duration timeLimit, ScheduledExecutorService timer, MeterRegistry meters) {
        this.timer = timer;
        timeLimiter = TimeLimiter.of(timeLimit);
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(breakerConfig());
        breaker = breakers.circuitBreaker(NAME);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        RetryRegistry retries = RetryRegistry.of(retryConfig());
        retry = retries.retry(NAME);
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
    }

    /** For calls that must not happen twice. */
    <T> CompletionStage<T> once(Supplier<CompletionStage<T>> call) {
        return translated(guarded(call).get());
    }

    /** For calls that only ask whether Redis is there: it may answer them and refuse all others. */
    <T> CompletionStage<T> probe(Supplier<CompletionStage<T>> call) {
        return guarded(call).get();
    }

    /** What Redis says to the calls of late, in its own words, if it refuses them for now; else empty. */
    String refusal() {
        return refusal;
    }

    /** For calls that may happen twice: up to three attempts, with pauses that grow and vary. */
    <T> CompletionStage<T> repeatable(Supplier<CompletionStage<T>> call) {
        return translated(retry.decorateCompletionStage(timer, guarded(call)).get());
    }

    /** Whether Redis is known not to answer, so that calls fail at once. */
    boolean areRefused() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** No more repetitions. */
    void close() {
        closed = true;
    }

    private <T> Supplier<CompletionStage<T>> guarded(Supplier<CompletionStage<T>> call) {
        return breaker.decorateCompletionStage(timeLimiter.decorateCompletionStage(timer, call));
    }

    private <T> CompletionStage<T> translated(CompletionStage<T> stage) {
        CompletableFuture<T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) refusal = "";
            else if (RedisFailure.isTransientRefusal(failure)) refusal = RedisFailure.rootCause(failure);
            if (failure == null) result.complete(value);
            else result.completeExceptionally(RedisFailure.translate(failure));
        });
        return result;
    }

    /** Opens when 10 of the last 20 calls failed; a second later 2 calls may try whether it is better. */
    private static CircuitBreakerConfig breakerConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindow(20, 10, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .recordException(RedisFailure::isSick)
                .ignoreException(RedisFailure::isMoot)
                .waitDurationInOpenState(Duration.ofSeconds(1))
                .permittedNumberOfCallsInHalfOpenState(2)
                .writableStackTraceEnabled(false)
                .build();
    }

    private RetryConfig retryConfig() {
        return RetryConfig.custom()
                .maxAttempts(MAX_ATTEMPTS)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5))
                .retryOnException(e -> !closed && RedisFailure.isWorthRepeating(e))
                .build();
    }
}
