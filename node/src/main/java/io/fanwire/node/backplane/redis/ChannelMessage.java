package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Lineage;
import io.fanwire.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A publication as it passes a Redis channel: {@code epoch:offset}, a line feed, the body. Epoch and offset are positive
 * decimal numbers of at most 16 digits.
 */
record ChannelMessage(Position position, byte[] body) {
    private static final int MAX_DIGITS = 16;

    /** Null for what no node has published. */
    static @Nullable ChannelMessage parse(byte[] message) {
        int end = indexOf(message, '\n');
        if (end < 0) return null;
        Position position = parsePosition(message, end);
        if (position == null || position.offset() == 0) return null;
        return new ChannelMessage(position, Arrays.copyOfRange(message, end + 1, message.length));
    }

    /**
     * What the scripts return: a position without a message.
     *
     * @throws IllegalStateException if it is something else
     */
    static Position parsePosition(byte[] reply) {
        Position position = parsePosition(reply, reply.length);
        if (position == null) {
            throw new IllegalStateException("not a position: " + new String(reply, StandardCharsets.ISO_8859_1));
        }
        return position;
    }

    /**
     * What the scripts return: a position, and behind a comma each the forks before it.
     *
     * @throws IllegalStateException if it is something else
     */
    static Lineage parseLineage(byte[] reply) {
        List<Position> positions = new ArrayList<>(1);
        int from = 0;
        for (int i = 0; i <= reply.length; i++) {
            if (i < reply.length && reply[i] != ',') continue;
            positions.add(parsePosition(Arrays.copyOfRange(reply, from, i)));
            from = i + 1;
        }
        return new Lineage(positions.get(0), positions.subList(1, positions.size()));
    }

    private static @Nullable Position parsePosition(byte[] text, int end) {
        int colon = indexOf(text, ':');
        if (colon < 0 || colon >= end) return null;
        long epoch = parseNumber(text, 0, colon);
        long offset = parseNumber(text, colon + 1, end);
        return epoch <= 0 || offset < 0 ? null : new Position(epoch, offset);
    }

    /** Negative for what is not a number. */
    private static long parseNumber(byte[] text, int from, int to) {
        if (from == to || to - from > MAX_DIGITS) return -1;
        long number = 0;
        for (int i = from; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') return -1;
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }

    /** Headers are short: looks no further than their longest. */
    private static int indexOf(byte[] text, char wanted) {
        int to = Math.min(text.length, 2 * MAX_DIGITS + 2);
        for (int i = 0; i < to; i++) {
            if (text[i] == wanted) return i;
        }
        return -1;
    }
}
