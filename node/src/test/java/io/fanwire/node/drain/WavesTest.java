package io.fanwire.node.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavesTest {
    private static final Duration MOST = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 5_000, 100_000})
    void everybodyGoesAndNoWaveIsMuchLargerThanTheOthers(int clients) {
        List<Integer> waves = run(clients, 0);
        assertThat(waves.stream().mapToInt(each -> each).sum()).isEqualTo(clients);
        // Half of its share on top, what others left behind by chance, and the rounding.
        assertThat(Collections.max(waves)).isLessThanOrEqualTo(1 + 2 + clients * 2 / (waves.size() + 1));
    }

    @Test
    void manyTakeTheWholeTime() {
        assertThat(run(100_000, 0)).hasSizeBetween(195, 201);
    }

    @Test
    void fewDontKeepTheNodeFromStopping() {
        // At a hundred a second.
        assertThat(run(1, 0)).hasSize(1);
        assertThat(run(300, 0)).hasSizeBetween(28, 31);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 150, 199})
    void wavesThatComeLateDontLeaveMoreForTheEnd(long millis) {
        List<Integer> waves = run(50_000, 0, Duration.ofMillis(millis));
        int tenth = waves.size() / 10;
        int lastTenth = waves.subList(waves.size() - tenth, waves.size()).stream()
                .mapToInt(each -> each)
                .sum();
        assertThat(lastTenth).isBetween(50_000 * 8 / 100, 50_000 * 12 / 100);
    }

    @Test
    void whatALoopThatHungHasMissedIsSpreadOverTheRest() {
        Waves waves = new Waves(0, MOST, 20_000, new Random(1));
        waves.next(0, 20_000);
        // The share of 200 ms in the 15 s that are left is 263, and half of it comes on top.
        assertThat(waves.next(Duration.ofSeconds(5).toNanos(), 20_000)).isLessThan(400 + 1);
    }

    @Test
    void whoComesMeanwhileIsTakenAlong() {
        List<Integer> waves = run(5_000, 10);
        assertThat(waves.stream().mapToInt(each -> each).sum()).isGreaterThan(5_000 + 10 * 190);
        assertThat(Collections.max(waves)).isLessThan(150);
    }

    /** @return how many went with each wave */
    private static List<Integer> run(int clients, int comingEachWave) {
        return run(clients, comingEachWave, Waves.PACE);
    }

    private static List<Integer> run(int clients, int comingEachWave, Duration pace) {
        Random random = new Random(clients);
        long now = 0;
        Waves waves = new Waves(now, MOST, clients, random);
        List<Integer> sizes = new ArrayList<>();
        int left = clients;
        while (left > 0 && now <= waves.endsAt()) {
            int size = waves.next(now, left);
            sizes.add(size);
            left += comingEachWave - size;
            now += pace.toNanos();
        }
        return sizes;
    }
}
