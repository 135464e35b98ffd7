package io.fanwire.loadtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
    private static final int STEPS = 2_000;
    private static final int HIGHEST = 300;
    private static final int WIDEST = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSetThatABitSetIs(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            BitSet model = new BitSet();
            Intervals intervals = new Intervals();
            for (int i = 0; i < STEPS / 50; i++) step(random, model, intervals);
            assertThat(intervals).as("seed %d", seed).isEqualTo(intervals(model));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void reckonsAsABitSetDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            BitSet one = bits(random);
            BitSet other = bits(random);
            Intervals left = intervals(one);
            Intervals right = intervals(other);
            assertThat(left.plus(right)).as("%s + %s", one, other).isEqualTo(intervals(with(one, other, BitSet::or)));
            assertThat(left.and(right)).as("%s & %s", one, other).isEqualTo(intervals(with(one, other, BitSet::and)));
            assertThat(left.minus(right))
                    .as("%s - %s", one, other)
                    .isEqualTo(intervals(with(one, other, BitSet::andNot)));
            assertThat(left).isEqualTo(intervals(one));
            assertThat(right).isEqualTo(intervals(other));
        }
    }

    @Test
    void whatComesInOrderIsOneRange() {
        Intervals offsets = new Intervals();
        for (int i = 1; i <= 1_000_000; i++) assertThat(offsets.add(i)).isTrue();
        assertThat(offsets.toArray()).containsExactly(1, 1_000_000);
        assertThat(offsets.add(7)).isFalse();
        assertThat(offsets.count()).isEqualTo(1_000_000);
    }

    @Test
    void reachesToTheHighestNumber() {
        Intervals open = new Intervals();
        open.add(10, Long.MAX_VALUE);
        assertThat(open.add(Long.MAX_VALUE)).isFalse();
        open.add(5, 20);
        assertThat(open.toArray()).containsExactly(5, Long.MAX_VALUE);
        assertThat(Intervals.of(1, 7, 100, 200).minus(open)).isEqualTo(Intervals.of(1, 4));
        assertThat(Intervals.of(1, 7, 100, 200).and(open)).isEqualTo(Intervals.of(5, 7, 100, 200));
        assertThat(open.minus(Intervals.of(8, Long.MAX_VALUE))).isEqualTo(Intervals.of(5, 7));
        assertThat(open).hasToString("5-");
    }

    @Test
    void isShownAsPeopleWriteRanges() {
        assertThat(Intervals.of(1, 5, 7, 7)).hasToString("1-5, 7");
        assertThat(new Intervals()).hasToString("");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> Intervals.of(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Intervals.of(-1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Intervals().last()).isInstanceOf(IllegalStateException.class);
    }

    private static void step(Random random, BitSet model, Intervals intervals) {
        int from = random.nextInt(HIGHEST);
        if (random.nextBoolean()) {
            assertThat(intervals.add(from)).isEqualTo(!model.get(from));
            model.set(from);
        } else {
            int to = from + random.nextInt(WIDEST) - 2;
            intervals.add(from, to);
            if (to >= from) model.set(from, to + 1);
        }
        int probe = random.nextInt(HIGHEST);
        assertThat(intervals.contains(probe)).isEqualTo(model.get(probe));
        assertThat(intervals.count()).isEqualTo(model.cardinality());
        int next = model.nextSetBit(probe);
        assertThat(intervals.touches(probe, probe + 5)).isEqualTo(next >= 0 && next <= probe + 5);
        if (!model.isEmpty()) {
            assertThat(intervals.first()).isEqualTo(model.nextSetBit(0));
            assertThat(intervals.last()).isEqualTo(model.length() - 1);
        }
        long[] bounds = intervals.toArray();
        assertThat(bounds).isSorted();
        assertThat(Intervals.of(bounds)).isEqualTo(intervals);
    }

    private static BitSet bits(Random random) {
        BitSet bits = new BitSet();
        int ranges = random.nextInt(8);
        for (int i = 0; i < ranges; i++) {
            int from = random.nextInt(60);
            bits.set(from, from + random.nextInt(10));
        }
        return bits;
    }

    private static Intervals intervals(BitSet bits) {
        long[] bounds = new long[2 * HIGHEST];
        int used = 0;
        for (int from = bits.nextSetBit(0); from >= 0; from = bits.nextSetBit(bits.nextClearBit(from))) {
            bounds[used++] = from;
            bounds[used++] = bits.nextClearBit(from) - 1;
        }
        return Intervals.of(Arrays.copyOf(bounds, used));
    }

    private static BitSet with(BitSet one, BitSet other, java.util.function.BiConsumer<BitSet, BitSet> operation) {
        BitSet result = (BitSet) one.clone();
        operation.accept(result, other);
        return result;
    }
}
