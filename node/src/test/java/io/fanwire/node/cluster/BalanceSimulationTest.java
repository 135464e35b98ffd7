package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many nodes that only know what the others reported last, and whose clients choose another node at random. A client that
 * does so finds one of the new nodes with a chance of new / (all - 1): no pace and no tolerance can do with fewer moves
 * than that.
 */
class BalanceSimulationTest {
    private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(5), 1, 10);
    private static final int CLIENTS = 5_000;

    private final Random random = new Random(6);
    private int[] actual = {};
    private int[] reported = {};
    private final List<Balance> balances = new ArrayList<>();
    private int moved;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "3, 3", "5, 2", "9, 3"})
    void newNodesGetTheirShareAndThenAllIsQuiet(int old, int fresh) {
        int nodes = old + fresh;
        begin(old, nodes);
        double average = (double) CLIENTS * old / nodes;

        // Five minutes; it takes less than two.
        assertThat(reports(60, average * 1.1)).isLessThan(60);
        // So many have to end up on new nodes, each with as many choices as it takes to find one.
        double unavoidable = average * fresh * (nodes - 1) / fresh;
        assertThat(moved).isLessThan((int) (1.1 * unavoidable));

        moved = 0;
        reports(100, 0);
        assertThat(moved).isLessThan(CLIENTS * old / 20);
        assertThat(Arrays.stream(actual).boxed()).allMatch(each -> each <= average * 1.1 && each > average * 0.7);
    }

    /** @return how many it took until no node had more than this */
    private int reports(int atMost, double most) {
        int reports = 0;
        while (reports < atMost && Arrays.stream(actual).max().orElseThrow() > most) {
            round();
            reports++;
        }
        return reports;
    }

    private void begin(int old, int nodes) {
        actual = IntStream.range(0, nodes).map(i -> i < old ? CLIENTS : 0).toArray();
        reported = actual.clone();
        for (int i = 0; i < nodes; i++) balances.add(new Balance(CONFIG, "n" + i));
    }

    /** Each node reports once, in some order, and acts on what it then sees; clients come back a report later. */
    private void round() {
        int[] arriving = new int[actual.length];
        for (int node : order()) {
            reported[node] = actual[node];
            int leaving = balances.get(node).handOff(view(), actual[node]);
            actual[node] -= leaving;
            moved += leaving;
            for (int i = 0; i < leaving; i++) arriving[another(node)]++;
        }
        for (int i = 0; i < actual.length; i++) actual[i] += arriving[i];
    }

    private int[] order() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, actual.length).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(each -> each).toArray();
    }

    private int another(int node) {
        int other = random.nextInt(actual.length - 1);
        return other < node ? other : other + 1;
    }

    private ClusterView view() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < reported.length; i++) members.add(new Member("n" + i, "", "", 0, reported[i], false));
        return new ClusterView(members, 0);
    }
}
