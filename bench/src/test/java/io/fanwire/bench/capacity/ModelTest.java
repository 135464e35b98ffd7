package io.fanwire.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final long MILLION = 1_000_000;
    private static final NodeSize UNTRIED = with(Integer.MAX_VALUE);

    private final Model model = new Model(NodeSize.BASE, Targets.DEFAULT);

    @Test
    void noMoreConnectionsToANodeThanWereTried() {
        Sizing sizing = model.size(MILLION, Shape.SMALL);
        assertThat(sizing.binding()).isEqualTo(Bound.TRIED);
        assertThat(sizing.nodes()).isEqualTo(50);
    }

    @Test
    void aTopicThatAllHearIsBoundByTheDeliveries() {
        Sizing sizing = model.size(MILLION, Shape.HOT);
        assertThat(sizing.binding()).isEqualTo(Bound.CPU);
        assertThat(sizing.nodeCores()).isLessThanOrEqualTo(1.2);
        assertThat(sizing.deliveriesPerNode() * sizing.nodes()).isCloseTo(5.0 * MILLION, within(1.0));
        assertThat(sizing.copies()).isEqualTo(sizing.nodes());
    }

    @Test
    void withoutWhatWasTriedHandshakesAndMemoryBind() {
        Sizing sizing = new Model(UNTRIED, Targets.DEFAULT).size(MILLION, silent());
        assertThat(sizing.binding()).isIn(Bound.RETURN, Bound.MEMORY);
        assertThat(sizing.needed().get(Bound.RETURN)).isEqualTo((int) Math.ceil(MILLION / (2_000 * 30.0)));
    }

    @Test
    void fewFilesBind() {
        NodeSize few = new NodeSize("few files", 2, 2L << 30, 1_024, 1e9, 20_000);
        Sizing sizing = new Model(few, Targets.DEFAULT).size(100_000, silent());
        assertThat(sizing.binding()).isEqualTo(Bound.FILES);
        assertThat(sizing.nodes()).isEqualTo((int) Math.ceil(100_000 / (0.9 * 1_024)));
    }

    @Test
    void aNodeIsNotAskedForMoreThanItsTargets() {
        for (Shape shape : new Shape[] {Shape.HOT, Shape.SMALL, Shape.CHAT}) {
            Sizing sizing = new Model(UNTRIED, Targets.DEFAULT).size(MILLION, shape);
            assertThat(sizing.nodeCores()).isLessThanOrEqualTo(0.6 * 2);
            assertThat(sizing.nodeMemory()).isLessThanOrEqualTo(0.8 * (2L << 30));
            assertThat(sizing.bitsPerNode()).isLessThanOrEqualTo(0.5e9);
        }
    }

    @Test
    void oneNodeLessWouldBeTooFew() {
        Sizing sizing = model.size(MILLION, Shape.HOT);
        double cores = sizing.nodeCores() * sizing.nodes() / (sizing.nodes() - 1);
        assertThat(cores).isGreaterThan(0.6 * 2);
    }

    @Test
    void withoutHistoryRedisHasLessToDo() {
        double with = model.size(MILLION, Shape.CHAT).redisCores();
        assertThat(model.size(MILLION, Shape.CHAT.plain()).redisCores()).isLessThan(with);
    }

    @Test
    void fewerAndLargerNodesMakeFewerCopies() {
        Sizing small = model.size(MILLION, Shape.CHAT);
        Sizing large = new Model(NodeSize.LARGE, Targets.DEFAULT).size(MILLION, Shape.CHAT);
        assertThat(large.nodes()).isLessThan(small.nodes());
        assertThat(large.copies()).isLessThan(small.copies());
        assertThat(large.redisCores()).isLessThan(small.redisCores());
    }

    @Test
    void redisThatFallsBehindHasNoTurnThatEnds() {
        Shape busy = new Shape("busy", "", 50, 100, 128, true);
        Sizing sizing = model.size(MILLION, busy);
        assertThat(sizing.redisCores()).isGreaterThan(1);
        assertThat(sizing.redisTurnMillis()).isInfinite();
        assertThat(sizing.redisServers(0.5)).isEqualTo((int) Math.ceil(sizing.redisCores() / 0.5));
    }

    @Test
    void subscribersAtRandomAreOnAsManyNodesAsTheFormulaSays() {
        Random random = new Random(7);
        int rounds = 5_000;
        double sum = IntStream.range(0, rounds)
                .mapToLong(i -> random.ints(50, 0, 30).distinct().count())
                .sum();
        assertThat(Placement.nodesWith(50, 30)).isCloseTo(sum / rounds, within(0.1));
        assertThat(Placement.nodesWith(1, 30)).isCloseTo(1, within(1e-9));
        assertThat(Placement.nodesWith(1e9, 30)).isCloseTo(30, within(1e-9));
    }

    @Test
    void countsAreReadAsTheyAreWritten() {
        assertThat(Count.parse("100k").number()).isEqualTo(100_000);
        assertThat(Count.parse("10M").number()).isEqualTo(10_000_000);
        assertThat(Count.parse("7").slug()).isEqualTo("7");
        assertThat(Count.parse("2000k").slug()).isEqualTo("2m");
        assertThatThrownBy(() -> Count.parse("many")).hasMessage("must be a number such as 100k or 10m: many");
    }

    private static Shape silent() {
        return new Shape("silent", "", 1, 0, 128, true);
    }

    private static NodeSize with(long tried) {
        NodeSize base = NodeSize.BASE;
        return new NodeSize(base.name(), base.cores(), base.memoryBytes(), base.files(), base.networkBits(), tried);
    }
}
