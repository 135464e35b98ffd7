package io.fanwire.node.backplane;

import java.util.List;

/**
 * A page of a topic's history, all of one moment.
 *
 * @param lineage where the topic stood
 * @param from the first offset that was looked for: as asked, or what time, count or beginning came to; {@code newest + 1}
 *     if there is none
 * @param publications by rising offset; an offset between {@code from} and the last one that is left out is not in the
 *     history (any more)
 * @param hasMore whether the history goes on behind the last one; if not, what was left out up to {@code newest} is not
 *     in the history either
 */
public record HistoryPage(Lineage lineage, long from, List<StoredPublication> publications, boolean hasMore) {
    public HistoryPage {
        publications = List.copyOf(publications);
    }
}
