package io.fanwire.node.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One appender and one reader, as fast as they can, of a log that drops nothing. */
@Timeout(60)
class TopicLogConcurrencyTest {
    private static final int EVENTS = 2_000_000;
    private static final LogConfig NEVER_DROPS = new LogConfig(256 << 20, Duration.ofMinutes(5), 64 << 10);

    private final TopicLog log = new TopicLog(NEVER_DROPS, () -> 0, new LogBudget(1L << 30, () -> 0));

    @Test
    void aReaderThatKeepsUpNeverFallsBehind() throws Exception {
        Thread appender = new Thread(this::appendAll);
        appender.start();
        Mark cursor = Mark.START;
        while (cursor.count() < EVENTS) {
            Mark next = log.reach(cursor);
            assertThat(next).as("after %s", cursor).isNotNull();
            assertThat(next.address()).isBetween(cursor.address(), log.head().address());
            cursor = next;
        }
        appender.join();
    }

    private void appendAll() {
        for (int i = 1; i <= EVENTS; i++)
            log.appendPublication(EncodedEvent.publication(1, i, new byte[8]), new Position(1, i));
    }
}
