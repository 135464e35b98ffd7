package io.fanwire.node.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingWheelTest {
    private final TimingWheel wheel = new TimingWheel(0);
    private final List<String> fired = new ArrayList<>();
    private long now;

    @Test
    void firesNotBeforeTheDeadlineAndAtMostATickLate() {
        Random random = new Random(7);
        List<Long> deadlines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long delay = random.nextLong(Duration.ofSeconds(90).toNanos());
            wheel.schedule(Timer.of(() -> deadlines.add(now - delay)), 0, delay);
        }

        for (now = 0;
                now < Duration.ofSeconds(91).toNanos();
                now += Duration.ofMillis(10).toNanos()) wheel.advance(now);

        long latest = TimingWheel.TICK.plusMillis(10).toNanos();
        assertThat(deadlines).hasSize(1_000).allSatisfy(late -> assertThat(late).isBetween(0L, latest));
    }

    @Test
    void firesEachTimerOnce() {
        wheel.schedule(named("a"), 0, 0);
        advance(Duration.ofMinutes(2));
        advance(Duration.ofMinutes(2));

        assertThat(fired).containsExactly("a");
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        Timer timer = named("a");
        wheel.schedule(timer, 0, Duration.ofSeconds(1).toNanos());
        timer.cancel();
        advance(Duration.ofSeconds(2));

        assertThat(fired).isEmpty();
        assertThat(timer.isSet()).isFalse();
    }

    @Test
    void aTimerThatIsSetAgainFiresAtTheNewTime() {
        Timer timer = named("a");
        wheel.schedule(timer, 0, Duration.ofSeconds(1).toNanos());
        wheel.schedule(timer, 0, Duration.ofSeconds(5).toNanos());

        advance(Duration.ofSeconds(4));
        assertThat(fired).isEmpty();
        advance(Duration.ofSeconds(6));
        assertThat(fired).containsExactly("a");
    }

    @Test
    void aTimerMayCancelAnotherThatIsDueWithIt() {
        Timer second = named("second");
        wheel.schedule(Timer.of(second::cancel), 0, Duration.ofSeconds(1).toNanos());
        wheel.schedule(second, 0, Duration.ofSeconds(1).toNanos());
        advance(Duration.ofSeconds(2));

        assertThat(fired).isEmpty();
    }

    @Test
    void aTimerMaySetItselfAgain() {
        Timer[] self = new Timer[1];
        self[0] = Timer.of(() -> {
            fired.add("beat");
            wheel.schedule(self[0], now, Duration.ofSeconds(1).toNanos());
        });
        wheel.schedule(self[0], 0, Duration.ofSeconds(1).toNanos());
        for (int i = 0; i <= 1_000; i++) advance(Duration.ofMillis(10L * i));

        assertThat(fired).hasSizeBetween(9, 10);
    }

    @Test
    void aLongPauseFiresEverythingThatIsDue() {
        for (int seconds = 1; seconds <= 100; seconds++) {
            wheel.schedule(named("t" + seconds), 0, Duration.ofSeconds(seconds).toNanos());
        }
        advance(Duration.ofSeconds(50));
        assertThat(fired).hasSize(50);
        advance(Duration.ofHours(1));
        assertThat(fired).hasSize(100);
    }

    private void advance(Duration time) {
        now = time.toNanos();
        wheel.advance(now);
    }

    private Timer named(String name) {
        return Timer.of(() -> fired.add(name));
    }
}
