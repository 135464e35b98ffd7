package io.fanwire.node.backplane.redis;

import java.time.Duration;

/**
 * A {@link RedisConfig} as a test needs it: the test says what matters to it, the rest is as by default. The one place of
 * the tests that knows all fields. For one thread.
 */
final class TestRedisConfig {
    private final RedisConfig usual;
    private String keyPrefix;
    private Duration connectTimeout;
    private Duration commandTimeout;
    private Duration maxReconnectDelay;
    private Duration topicTtl;
    private Duration compareInterval;
    private int maxPublishesInFlight;
    private long maxPublishBytesInFlight;

    private TestRedisConfig(RedisConfig usual) {
        this.usual = usual;
        keyPrefix = usual.keyPrefix();
        connectTimeout = usual.connectTimeout();
        commandTimeout = usual.commandTimeout();
        maxReconnectDelay = usual.maxReconnectDelay();
        topicTtl = usual.topicTtl();
        compareInterval = usual.compareInterval();
        maxPublishesInFlight = usual.maxPublishesInFlight();
        maxPublishBytesInFlight = usual.maxPublishBytesInFlight();
    }

    static TestRedisConfig of(String uri) {
        return new TestRedisConfig(RedisConfig.of(uri));
    }

    TestRedisConfig keyPrefix(String prefix) {
        keyPrefix = prefix;
        return this;
    }

    TestRedisConfig commandTimeout(Duration timeout) {
        commandTimeout = timeout;
        return this;
    }

    /** Tries to connect at least every second, so that a test need not wait longer for a Redis that is back. */
    TestRedisConfig keenToConnect() {
        connectTimeout = Duration.ofSeconds(1);
        maxReconnectDelay = Duration.ofSeconds(1);
        return this;
    }

    TestRedisConfig topicTtl(Duration ttl) {
        topicTtl = ttl;
        return this;
    }

    TestRedisConfig compareInterval(Duration interval) {
        compareInterval = interval;
        return this;
    }

    TestRedisConfig maxPublishesInFlight(int most) {
        maxPublishesInFlight = most;
        return this;
    }

    TestRedisConfig maxPublishBytesInFlight(long most) {
        maxPublishBytesInFlight = most;
        return this;
    }

    /** @throws IllegalArgumentException as that of a {@link RedisConfig} */
    RedisConfig build() {
        return new RedisConfig(
                usual.uri(),
                usual.sentinelPassword(),
                keyPrefix,
                connectTimeout,
                commandTimeout,
                maxReconnectDelay,
                usual.startTimeout(),
                topicTtl,
                compareInterval,
                maxPublishesInFlight,
                maxPublishBytesInFlight);
    }
}
