package io.fanwire.client;

import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.History;
import io.fanwire.protocol.v1.Since;
import java.time.Instant;

/** Which part of a topic's history to read. Immutable. */
public final class HistoryRequest {
    private final Since since;
    private final int limit;

    private HistoryRequest(Since since, int limit) {
        this.since = since;
        this.limit = limit;
    }

    /** From the oldest message that the history still has. */
    public static HistoryRequest beginning() {
        return of(WireSince.beginning());
    }

    /** From right behind this message on: the next page after {@link HistoryPage#messages}' last. */
    public static HistoryRequest after(Position position) {
        return of(WireSince.position(position));
    }

    /** From the first message since then, by Redis' clock; a time before 1970 is taken for 1970. */
    public static HistoryRequest since(Instant time) {
        return of(WireSince.time(time));
    }

    /**
     * The newest so many messages, or fewer if the history has fewer. With more than {@link #limit} it is the oldest of
     * them that come.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public static HistoryRequest last(int count) {
        return of(WireSince.last(count));
    }

    /**
     * At most so many messages; {@value Limits#DEFAULT_HISTORY_LIMIT} unless said. A node may give fewer.
     *
     * @throws IllegalArgumentException if {@code messages} is less than 1
     */
    public HistoryRequest limit(int messages) {
        if (messages < 1) throw new IllegalArgumentException("limit must be at least 1: " + messages);
        return new HistoryRequest(since, messages);
    }

    History wire(String topic) {
        return History.newBuilder()
                .setTopic(topic)
                .setSince(since)
                .setLimit(limit)
                .build();
    }

    private static HistoryRequest of(Since since) {
        return new HistoryRequest(since, Limits.DEFAULT_HISTORY_LIMIT);
    }
}
