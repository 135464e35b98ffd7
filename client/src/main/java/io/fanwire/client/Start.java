package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Since;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins. Counts until a node has confirmed it for the first time; from then on the subscription
 * goes on behind what its listener got, over every connection. Immutable.
 *
 * <p>A topic whose namespace keeps no history refuses {@link #beginning}, {@link #since} and {@link #last}
 * ({@code ERROR_CODE_NO_HISTORY}).
 */
public final class Start {
    private static final Start NOW = new Start("now", null, null);
    private static final Start BEGINNING = new Start("beginning", WireSince.beginning(), null);

    private final String text;
    private final @Nullable Since since;
    private final @Nullable Position position;

    private Start(String text, @Nullable Since since, @Nullable Position position) {
        this.text = text;
        this.since = since;
        this.position = position;
    }

    /** With the first message that is published after the node has confirmed. */
    public static Start now() {
        return NOW;
    }

    /** With the oldest message that the topic's history still has. */
    public static Start beginning() {
        return BEGINNING;
    }

    /** With the first message since then, by Redis' clock; a time before 1970 is taken for 1970. */
    public static Start since(Instant time) {
        return new Start("since " + time, WireSince.time(time), null);
    }

    /**
     * With the newest so many messages, or fewer if the history has fewer.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public static Start last(int count) {
        return new Start("last " + count, WireSince.last(count), null);
    }

    /**
     * Right behind this message: how an application goes on after a restart, on any node, with a position of
     * {@link Subscription#position()} or {@link FanwireClient#positions()}. What is not there any more is told as a gap.
     * Works on every topic, but without history only as far back as the node's memory goes.
     */
    public static Start after(Position position) {
        return new Start("after " + position, WireSince.position(position), position);
    }

    /** What to ask a node for; null for now. */
    @Nullable
    Since wire() {
        return since;
    }

    /** Where the listener already is; null if it has got nothing yet. */
    @Nullable
    Position position() {
        return position;
    }

    @Override
    public String toString() {
        return text;
    }
}
