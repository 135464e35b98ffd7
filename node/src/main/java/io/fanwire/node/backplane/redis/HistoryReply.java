package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the script {@code read.lua} returns. Entries that no node of this cluster has written, and those of an epoch that
 * the topic does not come from, are left out.
 *
 * @param next the offset behind the last entry, left out or not
 */
record HistoryReply(HistoryPage page, long next) {
    private static final int HEADER = 3;

    /** @throws RuntimeException if it is something else */
    static HistoryReply parse(List<Object> reply) {
        Lineage lineage = ChannelMessage.parseLineage((byte[]) reply.get(0));
        long from = Long.parseLong(text(reply.get(1)));
        List<StoredPublication> publications = new ArrayList<>((reply.size() - HEADER) / 2);
        long next = from;
        for (int i = HEADER; i < reply.size(); i += 2) {
            long offset = offset(text(reply.get(i)));
            next = offset + 1;
            StoredPublication publication = publication(lineage, offset, (byte[]) reply.get(i + 1));
            if (publication != null && isBehind(publications, offset)) publications.add(publication);
        }
        boolean more = text(reply.get(2)).equals("1");
        return new HistoryReply(new HistoryPage(lineage, from, publications, more), next);
    }

    /** Whether there is more, but nothing of it was found yet. */
    boolean isFruitless() {
        return page.hasMore() && page.publications().isEmpty();
    }

    private static @Nullable StoredPublication publication(Lineage lineage, long offset, byte[] entry) {
        ChannelMessage message = ChannelMessage.parse(entry);
        if (message == null || message.position().offset() != offset) return null;
        boolean isOurs = lineage.holds(message.position()) || isOfAForgottenEpoch(lineage, offset);
        return isOurs ? new StoredPublication(message.position(), message.body()) : null;
    }

    /** Only so many forks are remembered: what lies before the oldest of them may be of any epoch before it. */
    private static boolean isOfAForgottenEpoch(Lineage lineage, long offset) {
        List<Position> forks = lineage.forks();
        return forks.size() == Lineage.MAX_FORKS
                && offset <= forks.get(forks.size() - 1).offset();
    }

    private static boolean isBehind(List<StoredPublication> publications, long offset) {
        if (publications.isEmpty()) return true;
        Position last = publications.get(publications.size() - 1).position();
        return offset > last.offset();
    }

    /** An id is {@code offset-milliseconds}; those of somebody else may be larger than any number here. */
    private static long offset(String id) {
        String digits = id.substring(0, id.indexOf('-'));
        return digits.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
    }

    private static String text(Object value) {
        return new String((byte[]) value, StandardCharsets.US_ASCII);
    }
}
