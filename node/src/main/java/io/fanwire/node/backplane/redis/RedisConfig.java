package io.fanwire.node.backplane.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how long to wait for it.
 *
 * @param uri {@code redis://}, {@code rediss://} or {@code redis-sentinel://}, with user and password if needed
 * @param sentinelPassword what Sentinels want to be told themselves; empty for nothing
 * @param keyPrefix what every key and channel starts with; nodes with the same prefix on one Redis are one cluster
 * @param connectTimeout for a TCP connection
 * @param commandTimeout for Redis' answer to one command, and to the handshake of a connection
 * @param maxReconnectDelay longest pause between two attempts to connect
 * @param startTimeout how long a node that starts tries to connect while Redis is away; zero for one attempt
 * @param topicTtl how long Redis remembers the position of a topic that nobody publishes or subscribes to
 * @param compareInterval how often each quiet topic is compared with Redis, so that a lost last message is found, and
 *     kept from expiring there
 * @param maxPublishesInFlight how many publishes may wait for Redis' answer; more are refused
 * @param maxPublishBytesInFlight how many bytes of payload they may have together
 */
public record RedisConfig(
        String uri,
        String sentinelPassword,
        String keyPrefix,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration maxReconnectDelay,
        Duration startTimeout,
        Duration topicTtl,
        Duration compareInterval,
        int maxPublishesInFlight,
        long maxPublishBytesInFlight) {
    private static final List<String> SCHEMES = List.of("redis://", "rediss://", "redis-sentinel://");
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration SHORTEST_TTL = Duration.ofMinutes(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final long LEAST_BYTES = 1 << 20;

    /** @throws IllegalArgumentException whose message names the key, what is wrong and the value */
    public RedisConfig {
        checkUri(uri);
        if (!sentinelPassword.isEmpty() && !isSentinel(uri)) {
            throw new IllegalArgumentException(
                    "redis.sentinel-password is set, but redis.uri is not redis-sentinel://: " + hideCredentials(uri));
        }
        if (keyPrefix.contains("{") || keyPrefix.contains("}")) {
            throw new IllegalArgumentException("redis.key-prefix must not contain { or }: " + keyPrefix);
        }
        checkPositive("redis.connect-timeout", connectTimeout);
        checkPositive("redis.command-timeout", commandTimeout);
        checkPositive("redis.max-reconnect-delay", maxReconnectDelay);
        if (startTimeout.isNegative() || startTimeout.compareTo(LONGEST_START) > 0) {
            throw new IllegalArgumentException("redis.start-timeout must be 0s to 10m: " + startTimeout);
        }
        if (topicTtl.compareTo(SHORTEST_TTL) < 0) {
            throw new IllegalArgumentException("redis.topic-ttl must be at least " + SHORTEST_TTL + ": " + topicTtl);
        }
        if (compareInterval.compareTo(SHORTEST_INTERVAL) < 0 || compareInterval.compareTo(topicTtl.dividedBy(2)) > 0) {
            throw new IllegalArgumentException(
                    "redis.compare-interval must be 1s to half of redis.topic-ttl: " + compareInterval);
        }
        if (maxPublishesInFlight < 1) {
            throw new IllegalArgumentException(
                    "redis.max-publishes-in-flight must be at least 1: " + maxPublishesInFlight);
        }
        if (maxPublishBytesInFlight < LEAST_BYTES) {
            throw new IllegalArgumentException("redis.max-publish-bytes-in-flight must be at least " + LEAST_BYTES
                    + ": " + maxPublishBytesInFlight);
        }
    }

    /** The defaults, for this Redis. */
    public static RedisConfig of(String uri) {
        return new RedisConfig(
                uri,
                "",
                "fanwire:",
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofHours(24),
                Duration.ofSeconds(30),
                10_000,
                64 << 20);
    }

    /** The URI with the credentials hidden: for logs and errors. */
    public String shownUri() {
        return hideCredentials(uri);
    }

    @Override
    public String toString() {
        return "RedisConfig[uri=" + shownUri() + ", keyPrefix=" + keyPrefix + "]";
    }

    private static void checkUri(String uri) {
        if (uri.startsWith("redis-cluster://")) {
            throw new IllegalArgumentException(
                    "redis.uri: Redis Cluster is not supported yet, use " + choices() + ": " + hideCredentials(uri));
        }
        if (SCHEMES.stream().noneMatch(uri::startsWith)) {
            throw new IllegalArgumentException("redis.uri must start with " + choices() + ": " + hideCredentials(uri));
        }
        if (!isAddress(uri)) {
            throw new IllegalArgumentException("redis.uri is not a valid address: " + hideCredentials(uri));
        }
    }

    private static boolean isSentinel(String uri) {
        return uri.startsWith("redis-sentinel://");
    }

    private static boolean isAddress(String uri) {
        try {
            RedisURI parsed = RedisURI.create(uri);
            return !parsed.getSentinels().isEmpty() || isHost(parsed.getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Lettuce takes what it can't split into host and port for a host. */
    private static boolean isHost(@Nullable String host) {
        return host != null && !host.isEmpty() && (host.startsWith("[") || !host.contains(":"));
    }

    private static String choices() {
        return "redis://, rediss:// or redis-sentinel://";
    }

    private static String hideCredentials(String uri) {
        int scheme = uri.indexOf("://");
        int at = uri.lastIndexOf('@');
        return scheme < 0 || at < scheme ? uri : uri.substring(0, scheme + 3) + "***" + uri.substring(at);
    }

    private static void checkPositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be positive: " + value);
        }
    }
}
