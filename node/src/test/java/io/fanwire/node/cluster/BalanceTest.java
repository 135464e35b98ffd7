package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(5), 1, 10);

    private final Balance balance = new Balance(CONFIG, "n0");

    @Test
    void aNodeAboveTheAverageHandsOffItsPace() {
        // One per cent a second, for five seconds.
        assertThat(secondReport(10_000, 10_000, 0)).isEqualTo(500);
    }

    @Test
    void noMoreThanItHasTooMany() {
        Balance hasty = new Balance(new ClusterConfig(Duration.ofSeconds(5), 20, 10), "n0");
        hasty.handOff(view(1_000, 760), 1_000);
        assertThat(hasty.handOff(view(1_000, 760), 1_000)).isEqualTo(120);
    }

    @Test
    void aNodeWithinTheToleranceKeepsItsClients() {
        assertThat(secondReport(1_099, 1_000, 900)).isZero();
        assertThat(secondReport(900, 1_000, 1_100)).isZero();
    }

    @Test
    void aFewClientsMoreAreNotWorthIt() {
        assertThat(secondReport(18, 0)).isZero();
    }

    @Test
    void aNodeAloneKeepsItsClients() {
        assertThat(secondReport(1_000)).isZero();
    }

    @Test
    void nothingIsDoneWhileNodesComeAndGo() {
        assertThat(balance.handOff(view(1_000, 0), 1_000)).isZero();
        assertThat(balance.handOff(view(1_000, 0, 0), 1_000)).isZero();
        assertThat(balance.handOff(view(1_000, 0), 1_000)).isZero();
        assertThat(balance.handOff(view(1_000, 0), 1_000)).isPositive();
    }

    @Test
    void nodesThatDrainDoNotCount() {
        List<Member> members = new ArrayList<>(view(1_000, 1_000).members());
        members.add(new Member("n2", "", "", 0, 0, true));
        ClusterView view = new ClusterView(members, 0);
        balance.handOff(view, 1_000);
        assertThat(balance.handOff(view, 1_000)).isZero();
        assertThat(view.average()).isEqualTo(1_000);
        assertThat(view.connections()).isEqualTo(2_000);
    }

    @Test
    void whatItHasHandedOffSinceItsReportIsNotHandedOffAgain() {
        ClusterView view = view(1_000, 0);
        balance.handOff(view, 1_000);
        assertThat(balance.handOff(view, 520)).isZero();
    }

    @Test
    void aPaceOfZeroIsOff() {
        Balance off = new Balance(new ClusterConfig(Duration.ofSeconds(5), 0, 10), "n0");
        off.handOff(view(1_000, 0), 1_000);
        assertThat(off.handOff(view(1_000, 0), 1_000)).isZero();
    }

    /** @param connections this node's first */
    private int secondReport(int... connections) {
        balance.handOff(view(connections), connections[0]);
        return balance.handOff(view(connections), connections[0]);
    }

    private static ClusterView view(int... connections) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < connections.length; i++) {
            members.add(new Member("n" + i, "", "", 0, connections[i], false));
        }
        return new ClusterView(members, 0);
    }
}
