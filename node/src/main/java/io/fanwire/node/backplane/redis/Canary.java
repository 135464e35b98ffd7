package io.fanwire.node.backplane.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether one subscriber connection still hears what is published on the command connection. Both may be well, and yet on
 * two servers, after a failover that only one of them has noticed. A probe that Redis took comes before the answer to any
 * ping that is sent later; so pings that are answered without it are counted, and not time, which also passes while this
 * process stands still. Owned by the subscriber loop.
 */
final class Canary {
    private final String channel;
    private final BiFunction<String, byte[], CompletionStage<Long>> publish;
    private final Loop loop;
    private final LongSupplier nanoTime;
    private final int patience;
    private boolean heard;
    private long number;
    private long sentAt;
    private State state = State.NONE;
    private int misses;

    /**
     * @param channel only this connection's
     * @param publish on the command connection
     * @param patience how many pings may be answered while a probe is missing
     */
    Canary(
            String channel,
            BiFunction<String, byte[], CompletionStage<Long>> publish,
            Loop loop,
            LongSupplier nanoTime,
            int patience) {
        this.channel = channel;
        this.publish = publish;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    String channel() {
        return channel;
    }

    /** Sends a probe, unless one is out. */
    void send() {
        if (state != State.NONE) return;
        state = State.SENT;
        long probe = ++number;
        sentAt = nanoTime.getAsLong();
        publish.apply(channel, Long.toString(probe).getBytes(StandardCharsets.US_ASCII))
                .whenComplete((receivers, failure) -> loop.execute(() -> answered(probe, failure == null)));
    }

    /** @return how long the probe was under way; null if it is not the one that is out */
    @Nullable
    Duration heard(byte[] message) {
        boolean mine = new String(message, StandardCharsets.US_ASCII).equals(Long.toString(number));
        if (!mine || state == State.NONE) return null;
        state = State.NONE;
        misses = 0;
        heard = true;
        return Duration.ofNanos(nanoTime.getAsLong() - sentAt);
    }

    /** The probe that Redis has taken and that has not come back; else 0. To be asked before a ping is sent. */
    long missing() {
        return state == State.TAKEN ? number : 0;
    }

    /**
     * A ping was answered.
     *
     * @param missing what was missing when it was sent
     * @return whether the connection hears nothing
     */
    boolean isLost(long missing) {
        if (missing == 0 || missing != missing()) return false;
        misses++;
        return misses >= patience;
    }

    /** Whether a probe has come back. */
    boolean hasBeenHeard() {
        return heard;
    }

    /** Redis' answer may come after the probe, which goes another way. */
    private void answered(long probe, boolean taken) {
        if (probe != number || state != State.SENT) return;
        state = taken ? State.TAKEN : State.NONE;
    }

    private enum State {
        NONE,
        SENT,
        TAKEN
    }
}
