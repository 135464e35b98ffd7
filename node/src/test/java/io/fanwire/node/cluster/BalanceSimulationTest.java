package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many nodes that only know what the others reported last, and whose clients choose another node at random. A client that
 * does so finds one of the new nodes with a chance of new / (all - 1): no pace and no tolerance can do with fewer moves
 * than that.
 */
class BalanceSimulationTest {
    private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(5), 1, 10, 50);
    private static final int CLIENTS = 5_000;
    private static final int TICKS_PER_SECOND = 10;
    private static final int TICKS_PER_REPORT = 5 * TICKS_PER_SECOND;
    private static final int LEASE_TICKS = 3 * TICKS_PER_REPORT;

    private final Random random = new Random(6);
    private final List<Node> nodes = new ArrayList<>();
    // What comes back in each of the next ticks.
    private int[][] arriving = {};
    private int tick;
    private int moved;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "3, 3", "5, 2", "9, 3"})
    void newNodesGetTheirShareAndThenAllIsQuiet(int old, int fresh) {
        begin(old, fresh);
        int all = old + fresh;
        double average = (double) CLIENTS * old / all;

        // Five minutes; it takes less than three.
        assertThat(reports(60, average * 1.1)).isLessThan(60);
        // average * fresh have to end up on new nodes, each with (all - 1) / fresh choices.
        double unavoidable = average * (all - 1);
        assertThat(moved).isLessThan((int) (1.1 * unavoidable));

        moved = 0;
        reports(50);
        assertThat(moved).isLessThan(CLIENTS * old / 20);
        moved = 0;
        reports(50);
        assertThat(moved).isZero();
        assertThat(nodes).allMatch(each -> each.clients <= average * 1.1 && each.clients > average * 0.7);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void theClientsOfANodeThatDiesAreNotHandedOn(int all) {
        begin(all, 0);
        reports(10);
        kill(nodes.get(0));
        // Before and after its lease ends.
        reports(20);
        assertThat(moved).isZero();
        assertThat(nodes.stream().mapToInt(each -> each.clients).sum()).isEqualTo(CLIENTS * all);
    }

    /** @return how many it took until no node had more than this */
    private int reports(int atMost, double most) {
        int reports = 0;
        while (reports < atMost && nodes.stream().anyMatch(each -> each.clients > most)) {
            reports(1);
            reports++;
        }
        return reports;
    }

    /** Lets so many intervals pass. */
    private void reports(int count) {
        for (int i = 0; i < count * TICKS_PER_REPORT; i++) tick();
    }

    private void begin(int old, int fresh) {
        for (int i = 0; i < old + fresh; i++) nodes.add(new Node(i, i < old ? CLIENTS : 0));
        // A client takes up to a second to come back.
        arriving = new int[TICKS_PER_SECOND + 1][nodes.size()];
    }

    private void kill(Node node) {
        node.dead = true;
        for (; node.clients > 0; node.clients--) comeBack(another(node));
    }

    private void tick() {
        tick++;
        int[] now = arriving[tick % arriving.length];
        for (Node node : nodes) node.clients += now[node.index];
        Arrays.fill(now, 0);
        for (Node node : nodes) {
            if (!node.dead) node.tick();
        }
    }

    private void comeBack(Node node) {
        int delay = 1 + random.nextInt(arriving.length - 1);
        arriving[(tick + delay) % arriving.length][node.index]++;
    }

    private Node another(Node node) {
        List<Node> others =
                nodes.stream().filter(each -> each != node && !each.dead).toList();
        return others.get(random.nextInt(others.size()));
    }

    private ClusterView view() {
        List<Member> members = nodes.stream()
                .filter(each -> each.silence() < LEASE_TICKS)
                .map(Node::asMember)
                .toList();
        return new ClusterView(members, Duration.ofMillis(millis(tick)).toNanos());
    }

    private static long millis(int ticks) {
        return ticks * 1_000L / TICKS_PER_SECOND;
    }

    /** Reports by its own time, and until the next report lets clients go as evenly as {@link Rebalance} does. */
    private final class Node {
        private final int index;
        private final Balance balance;
        private int clients;
        private int reported;
        private int reportedAt;
        private int nextReportAt;
        private int left;
        private int ticksLeft;
        private boolean dead;

        Node(int index, int clients) {
            this.index = index;
            this.clients = clients;
            balance = new Balance(CONFIG, "n" + index);
            reported = clients;
            nextReportAt = 1 + random.nextInt(TICKS_PER_REPORT);
        }

        void tick() {
            if (tick == nextReportAt) report();
            if (left == 0) return;
            int leaving = (left + ticksLeft - 1) / ticksLeft;
            left -= leaving;
            ticksLeft--;
            clients -= leaving;
            moved += leaving;
            for (int i = 0; i < leaving; i++) comeBack(another(this));
        }

        private void report() {
            reported = clients;
            reportedAt = tick;
            left = balance.handOff(view().around("n" + index), clients);
            ticksLeft = TICKS_PER_REPORT;
            nextReportAt = tick + (int) Math.round(TICKS_PER_REPORT * random.nextDouble(0.9, 1.1));
        }

        int silence() {
            return tick - reportedAt;
        }

        Member asMember() {
            return new Member("n" + index, "", "", 0, reported, false, true, millis(silence()));
        }
    }
}
