package io.fanwire.node.topic;

import static io.fanwire.node.topic.TestEvents.append;
import static io.fanwire.node.topic.TestEvents.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.lane.NanoClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads append to many logs that take memory from each other, while others read. */
@Timeout(60)
class LogBudgetConcurrencyTest {
    private static final int APPENDERS = 4;
    private static final int READERS = 2;
    private static final int LOGS = 8;
    private static final int EVENTS = 20_000;
    private static final int BOUND = 64 << 10;
    private static final LogConfig CONFIG = new LogConfig(BOUND / 2, Duration.ofSeconds(30), 4096);

    private final LogBudget budget = new LogBudget(BOUND, NanoClock.SYSTEM);
    private final List<TopicLog> logs = Stream.generate(() -> new TopicLog(CONFIG, NanoClock.SYSTEM, budget))
            .limit(LOGS)
            .toList();
    private final ExecutorService threads = Executors.newFixedThreadPool(APPENDERS + READERS);
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void logsTakeFromEachOtherWithoutWaitingForEachOther() throws Exception {
        List<Future<?>> appending = start(APPENDERS, this::appendToAll);
        List<Future<?>> reading = start(READERS, this::readAll);
        for (Future<?> each : appending) each.get(50, TimeUnit.SECONDS);
        done.set(true);
        for (Future<?> each : reading) each.get(50, TimeUnit.SECONDS);

        assertThat(budget.droppedBytes()).isPositive();
        assertThat(budget.bytes()).isBetween(1L, (long) BOUND);
        logs.forEach(TopicLog::end);
        assertThat(budget.bytes()).isZero();
    }

    private List<Future<?>> start(int count, Runnable work) {
        List<Future<?>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) started.add(threads.submit(work));
        return started;
    }

    private void appendToAll() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < EVENTS; i++) {
            TopicLog log = logs.get(random.nextInt(LOGS));
            // Two threads may give an event the same offset: then the log leaves the second out.
            append(log, random.nextInt(random.nextInt(10) == 0 ? 6000 : 300));
            if (random.nextInt(100) == 0) log.dropAged();
        }
    }

    private void readAll() {
        Mark[] cursors = logs.stream().map(TopicLog::head).toArray(Mark[]::new);
        while (!done.get()) {
            for (int i = 0; i < LOGS; i++) cursors[i] = read(logs.get(i), cursors[i]);
        }
    }

    /** Reads whole events without a hole, or learns that it has to jump. */
    private static Mark read(TopicLog log, Mark cursor) {
        Mark to = log.reach(cursor);
        if (to == cursor) return cursor;
        ByteBuffer events = to == null ? null : log.view(cursor, to, new SpareView());
        if (to == null || events == null) return log.head();
        List<Long> read = offsets(events);
        assertThat(read).hasSize((int) (to.count() - cursor.count()));
        assertThat(read.get(0)).isEqualTo(cursor.position().offset() + 1);
        assertThat(read.get(read.size() - 1)).isEqualTo(to.position().offset());
        return to;
    }
}
