package io.fanwire.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final EventLoop loop = new EventLoop("test", NanoClock.SYSTEM);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTasksInTheirOrder() {
        loop.execute(() -> ran.add("one"));
        loop.execute(() -> ran.add("two"));
        loop.turn();

        assertThat(ran).containsExactly("one", "two");
    }

    @Test
    void laterComesAfterWhatIsQueued() {
        loop.execute(() -> {
            loop.later(() -> ran.add("later"));
            loop.execute(() -> ran.add("queued"));
        });
        loop.turn();

        assertThat(ran).containsExactly("queued", "later");
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheOthers() {
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> ran.add("next"));
        loop.turn();

        assertThat(ran).containsExactly("next");
        assertThat(loop.failures()).isEqualTo(1);
    }

    @Test
    void aParkedThreadWakesForATaskRatherThanForTheNextTick() throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        try (LoopThread thread = LoopThread.start(loop)) {
            for (int i = 0; i < 500; i++) {
                CountDownLatch done = new CountDownLatch(1);
                long start = System.nanoTime();
                loop.execute(done::countDown);
                assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
                nanos.add(System.nanoTime() - start);
            }
        }
        // Woken by ticks alone, the median would be half a tick.
        nanos.sort(null);
        assertThat(nanos.get(250)).isLessThan(TimingWheel.TICK.toNanos() / 5);
    }

    @Test
    void knowsItsOwnThread() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        try (LoopThread thread = LoopThread.start(loop)) {
            loop.execute(() -> {
                if (loop.inLoop()) inside.countDown();
            });
            assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(loop.inLoop()).isFalse();
        }
    }
}
