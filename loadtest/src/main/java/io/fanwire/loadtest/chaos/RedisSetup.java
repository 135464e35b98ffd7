package io.fanwire.loadtest.chaos;

import io.fanwire.harness.RedisPersistence;

/**
 * Which Redis a plan asks for.
 *
 * @param persistence what it keeps on disk
 * @param hasReplica whether there is a second one that follows it and can take its place
 */
public record RedisSetup(RedisPersistence persistence, boolean hasReplica) {
    /** One that loses everything. */
    public static final RedisSetup PLAIN = new RedisSetup(RedisPersistence.NONE, false);

    boolean keepsData() {
        return persistence != RedisPersistence.NONE;
    }
}
