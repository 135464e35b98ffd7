package io.fanwire.node.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.lane.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Loops that are turned by hand, and time that goes by when the test says so. */
class OverloadTest {
    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger heap = new AtomicInteger();
    private final AtomicInteger memory = new AtomicInteger();
    private final EventLoop first = new EventLoop("lane-0", time::get);
    private final EventLoop second = new EventLoop("lane-1", time::get);
    private final Overload overload = new Overload(
            new OverloadConfig(90, Duration.ofSeconds(1), 90, 0),
            List.of(first, second),
            heap::get,
            memory::get,
            time::get);

    @Test
    void loopsThatKeepUpAreBearable() {
        for (int i = 0; i < 100; i++) tick(first, second);
        assertThat(overload.state()).isEqualTo(LoadState.BEARABLE);
        assertThat(overload.isOverloaded()).isFalse();
        assertThat(overload.why()).isEmpty();
        assertThat(overload.stuck()).isEmpty();
    }

    @Test
    void aTaskThatHasNotRunYetCountsAsWell() {
        for (int i = 0; i < 6; i++) tick(first);
        assertThat(overload.state()).isEqualTo(LoadState.LANES_BEHIND);
        assertThat(overload.why()).isEqualTo("lane-1 is 1.3 s behind");
        assertThat(overload.delaySeconds("lane-1")).isGreaterThan(1);
        assertThat(overload.delaySeconds("lane-0")).isLessThan(1);
    }

    @Test
    void itIsOverOnlyAfterTwoCalmSeconds() {
        for (int i = 0; i < 6; i++) tick(first);
        // The first tick still hears of the long wait.
        for (int i = 0; i < 9; i++) tick(first, second);
        assertThat(overload.isOverloaded()).isTrue();
        tick(first, second);
        assertThat(overload.isOverloaded()).isFalse();
    }

    @Test
    void aFullHeapIsLeftWellBelowItsBound() {
        heap.set(90);
        tick(first, second);
        assertThat(overload.isOverloaded()).isFalse();
        heap.set(93);
        tick(first, second);
        assertThat(overload.state()).isEqualTo(LoadState.HEAP_FULL);
        assertThat(overload.why()).isEqualTo("heap at 93 %");
        heap.set(72);
        for (int i = 0; i < 20; i++) tick(first, second);
        assertThat(overload.isOverloaded()).isTrue();
        heap.set(71);
        for (int i = 0; i < 8; i++) tick(first, second);
        assertThat(overload.isOverloaded()).isFalse();
    }

    @Test
    void aContainerThatIsAlmostFullTakesNoMore() {
        memory.set(90);
        tick(first, second);
        assertThat(overload.isOverloaded()).isFalse();
        memory.set(91);
        tick(first, second);
        assertThat(overload.state()).isEqualTo(LoadState.MEMORY_FULL);
        assertThat(overload.why()).isEqualTo("memory at 91 % of the container's");
        memory.set(86);
        for (int i = 0; i < 10; i++) tick(first, second);
        assertThat(overload.isOverloaded()).isFalse();
    }

    @Test
    void aLoopThatDoesNotMoveForHalfAMinuteIsStuck() {
        for (int i = 0; i < 121; i++) tick(first);
        assertThat(overload.stuck()).isEmpty();
        tick(first);
        assertThat(overload.stuck()).isEqualTo("lane-1 has not moved for 30 s");
        tick(first, second);
        tick(first, second);
        assertThat(overload.stuck()).isEmpty();
    }

    @Test
    void aProcessThatWasStoppedIsNotStuck() {
        tick(first, second);
        time.addAndGet(Duration.ofHours(1).toNanos());
        tick(first, second);
        assertThat(overload.stuck()).isEmpty();
    }

    @Test
    void whatTheHeapReallyNeedsIsKnownAfterACollection() {
        System.gc();
        HeapUse use = new HeapUse();
        assertThat(use.bytes()).isPositive();
        assertThat(use.getAsInt()).isBetween(0, 100);
    }

    /** The watch's, and then the turns of the loops that move. */
    private void tick(EventLoop... moving) {
        overload.tick();
        for (EventLoop loop : moving) loop.turn();
        time.addAndGet(Duration.ofMillis(250).toNanos());
    }
}
