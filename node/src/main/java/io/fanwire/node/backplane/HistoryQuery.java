package io.fanwire.node.backplane;

import java.time.Instant;

/**
 * What to read of a topic's history: one page.
 *
 * @param maxCount publications at most; may be 0, to ask only where the start is
 * @param maxBytes of their bodies; one publication is given even if it is larger
 */
public record HistoryQuery(Start start, int maxCount, int maxBytes) {
    /** Where a page starts. */
    public sealed interface Start {
        /** @param first the offset of the first publication wanted; at least 1 */
        record Offset(long first) implements Start {}

        /** The oldest that is kept. */
        record Beginning() implements Start {}

        /** The first at or after this time, by the backplane's clock. */
        record Time(Instant since) implements Start {}

        /** The newest so many. */
        record Last(int count) implements Start {}
    }
}
