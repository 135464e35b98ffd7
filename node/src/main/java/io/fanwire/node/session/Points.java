package io.fanwire.node.session;

import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.topic.Since;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads the points of the past that clients name. */
final class Points {
    private Points() {}

    /** @throws BadCommandException that says what to mend */
    static Since since(io.fanwire.protocol.v1.Since since) {
        return since.hasPosition() ? new Since.After(position(since.getPosition())) : new Since.Point(start(since));
    }

    /** Any point but a position. @throws BadCommandException that says what to mend */
    static HistoryQuery.Start start(io.fanwire.protocol.v1.Since since) {
        return switch (since.getPointCase()) {
            case BEGINNING -> beginning(since.getBeginning());
            case TIME_US -> new HistoryQuery.Start.Time(Instant.EPOCH.plus(time(since.getTimeUs()), ChronoUnit.MICROS));
            case LAST -> new HistoryQuery.Start.Last(last(since.getLast()));
            case POSITION, POINT_NOT_SET ->
                throw new BadCommandException("since needs a position, beginning, time_us or last");
        };
    }

    /** @throws BadCommandException that says what to mend */
    static Position position(io.fanwire.protocol.v1.Position position) {
        long epoch = position.getEpoch();
        long offset = position.getOffset();
        if (epoch <= 0 || epoch > Limits.MAX_EPOCH_OR_OFFSET || offset < 0 || offset > Limits.MAX_EPOCH_OR_OFFSET) {
            throw new BadCommandException("a position has an epoch from 1 and an offset from 0, both at most 2^53");
        }
        return new Position(epoch, offset);
    }

    private static HistoryQuery.Start beginning(boolean beginning) {
        if (!beginning) throw new BadCommandException("since.beginning must be true");
        return new HistoryQuery.Start.Beginning();
    }

    private static long time(long micros) {
        if (micros < 0) throw new BadCommandException("since.time_us is too large");
        return micros;
    }

    private static int last(int last) {
        if (last < 1) throw new BadCommandException("since.last must be 1 to " + Integer.MAX_VALUE);
        return last;
    }
}
