package io.fanwire.node.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One appender as fast as it can, and one reader that looks for positions, in a log that drops its tail all the time. */
@Timeout(60)
class TopicLogFindConcurrencyTest {
    private static final int EVENTS = 500_000;
    private static final int GAP_EVERY = 50;
    private static final LogConfig SMALL = new LogConfig(64 << 10, Duration.ofMinutes(5), 8 << 10);

    private final Random random = new Random(1);
    private final TopicLog log = new TopicLog(SMALL, () -> 0, new LogBudget(1L << 30, () -> 0));

    @Test
    void whatIsFoundIsTheVeryPlaceWhateverIsAppendedAndDropped() throws Exception {
        log.startAt(new Position(1, 0));
        Thread appender = new Thread(this::appendAll);
        appender.start();
        long found = 0;
        while (appender.isAlive()) {
            if (findsOne()) found++;
        }
        appender.join();
        for (int i = 0; i < 1_000; i++) if (findsOne()) found++;
        assertThat(found).isPositive();
    }

    private boolean findsOne() {
        long oldest = TestEvents.oldest(log, 1).position().offset();
        long head = log.head().position().offset();
        Position wanted = new Position(1, oldest + random.nextLong(head - oldest + 3));
        Mark mark = log.find(wanted);
        if (mark == null) {
            assertMayBeMissing(wanted, head);
            return false;
        }
        assertThat(mark.position()).isEqualTo(wanted);
        // Each publication counts one, each gap none: so the count tells whether it is the right place.
        assertThat(mark.count()).as("%s", mark).isEqualTo(wanted.offset() - wanted.offset() / GAP_EVERY);
        assertThat(mark.address()).isLessThanOrEqualTo(log.head().address());
        return true;
    }

    /** Beyond the head that was read before, or dropped by now. */
    private void assertMayBeMissing(Position wanted, long headBefore) {
        boolean dropped = wanted.offset() < TestEvents.oldest(log, 1).position().offset();
        assertThat(dropped || wanted.offset() > headBefore).as("%s", wanted).isTrue();
    }

    private void appendAll() {
        for (int i = 1; i <= EVENTS; i++) {
            if (i % GAP_EVERY == 0) log.appendGap(1, 1, i, i, Gap.Reason.REASON_HISTORY_EXCEEDED);
            else log.appendPublication(EncodedEvent.publication(1, i, TestEvents.body(8)), new Position(1, i));
        }
    }
}
