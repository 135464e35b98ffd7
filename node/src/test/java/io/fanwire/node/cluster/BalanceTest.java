package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(5), 1, 10, 50);

    private final Balance balance = new Balance(CONFIG, "n0");
    private long now;

    @Test
    void aNodeAboveTheAverageHandsOffItsPace() {
        // One per cent a second, for five seconds.
        assertThat(afterAWhile(10_000, 10_000, 0)).isEqualTo(500);
    }

    @Test
    void noMoreThanItHasTooMany() {
        Balance hasty = new Balance(new ClusterConfig(Duration.ofSeconds(5), 20, 10, 50), "n0");
        assertThat(afterAWhile(hasty, 1_000, 760)).isEqualTo(120);
    }

    @Test
    void aNodeWithinTheToleranceKeepsItsClients() {
        assertThat(afterAWhile(1_099, 1_000, 900)).isZero();
        assertThat(afterAWhile(900, 1_000, 1_100)).isZero();
    }

    @Test
    void aFewClientsMoreAreNotWorthIt() {
        assertThat(afterAWhile(18, 0)).isZero();
    }

    @Test
    void aNodeAloneKeepsItsClients() {
        assertThat(afterAWhile(1_000)).isZero();
    }

    @Test
    void nothingIsDoneWhileNodesComeAndGo() {
        for (int i = 0; i < 5; i++) {
            assertThat(report(members(1_000, 0))).isZero();
            assertThat(report(members(1_000, 0))).isZero();
            assertThat(report(members(1_000, 0, 0))).isZero();
            assertThat(report(members(1_000, 0, 0))).isZero();
        }
        assertThat(report(members(1_000, 0, 0))).isPositive();
    }

    @Test
    void aNodeThatStartsAgainHasComeAndGone() {
        afterAWhile(1_000, 0);
        List<Member> restarted = new ArrayList<>(members(1_000));
        restarted.add(new Member("n1", "", "", 5, 0, false, true, 0));
        assertThat(report(restarted)).isZero();
        assertThat(report(restarted)).isZero();
        assertThat(report(restarted)).isPositive();
    }

    @Test
    void reportsInQuickSuccessionAreNotAWhile() {
        for (int i = 0; i < 10; i++) {
            assertThat(balance.handOff(new ClusterView(members(1_000, 0), now), 1_000))
                    .isZero();
            now += Duration.ofMillis(500).toNanos();
        }
    }

    @Test
    void aNodeThatMayHaveDiedStopsItAll() {
        afterAWhile(1_000, 0, 500);
        List<Member> silent = members(1_000, 0, 500);
        silent.set(2, silent.get(2).silentFor(7_600));
        for (int i = 0; i < 3; i++) assertThat(report(silent)).isZero();
        // It was only slow. The while begins anew.
        assertThat(report(members(1_000, 0, 500))).isZero();
        assertThat(report(members(1_000, 0, 500))).isZero();
        assertThat(report(members(1_000, 0, 500))).isPositive();
    }

    @Test
    void aNodeThatTakesNobodyStillHandsOff() {
        List<Member> members = new ArrayList<>();
        members.add(new Member("n0", "", "", 0, 1_000, false, false, 0));
        members.add(new Member("n1", "", "", 0, 0, false, true, 0));
        assertThat(afterAWhile(balance, members)).isEqualTo(50);
    }

    @Test
    void nobodyIsHandedOffToANodeThatTakesNobody() {
        List<Member> members = members(1_000, 0);
        members.set(1, new Member("n1", "", "", 0, 0, false, false, 0));
        for (int i = 0; i < 4; i++) assertThat(report(members)).isZero();
    }

    @Test
    void nodesThatDrainDoNotCount() {
        List<Member> members = members(1_000, 1_000);
        members.add(new Member("n2", "", "", 0, 0, true, false, 0));
        for (int i = 0; i < 4; i++) assertThat(report(members)).isZero();
        ClusterView view = new ClusterView(members, 0);
        assertThat(view.average()).isEqualTo(1_000);
        assertThat(view.connections()).isEqualTo(2_000);
    }

    @Test
    void whileANodeDrainsOnlyWhoHasFarTooManyHandsOff() {
        List<Member> members = members(1_490, 510);
        members.add(drainingWith(1));
        for (int i = 0; i < 4; i++) assertThat(report(members)).isZero();
        List<Member> uneven = members(1_510, 490);
        uneven.add(drainingWith(1));
        assertThat(afterAWhile(balance, uneven)).isPositive();
    }

    @Test
    void moreNodesMayDrainForAWhileAfterOne() {
        List<Member> draining = members(1_200, 800);
        draining.add(drainingWith(1));
        report(draining);
        // Six reports, and two until it has had too many for long enough.
        for (int i = 0; i < 7; i++) assertThat(report(members(1_200, 800))).isZero();
        assertThat(report(members(1_200, 800))).isPositive();
    }

    @Test
    void aNodeThatIsKeptDrainedDoesNotHoldTheOthersUp() {
        List<Member> members = members(1_200, 800);
        members.add(drainingWith(0));
        assertThat(afterAWhile(balance, members)).isPositive();
    }

    @Test
    void whoToleratesMoreAnywayDoesSoWhileNodesDrain() {
        Balance patient = new Balance(new ClusterConfig(Duration.ofSeconds(5), 1, 300, 50), "n0");
        List<Member> members = members(1_000, 0, 0);
        members.add(drainingWith(1));
        for (int i = 0; i < 4; i++) assertThat(report(patient, members)).isZero();
    }

    @Test
    void whatItHasHandedOffSinceItsReportIsNotHandedOffAgain() {
        afterAWhile(1_000, 0);
        assertThat(balance.handOff(new ClusterView(members(1_000, 0), now), 520))
                .isZero();
    }

    @Test
    void aPaceOfZeroIsOff() {
        Balance off = new Balance(new ClusterConfig(Duration.ofSeconds(5), 0, 10, 50), "n0");
        assertThat(afterAWhile(off, 1_000, 0)).isZero();
    }

    /** @param connections this node's first */
    private int afterAWhile(int... connections) {
        return afterAWhile(balance, connections);
    }

    private int afterAWhile(Balance balance, int... connections) {
        return afterAWhile(balance, members(connections));
    }

    /** Of three reports, the last: the others are not answered with a move. */
    private int afterAWhile(Balance balance, List<Member> members) {
        assertThat(report(balance, members)).isZero();
        assertThat(report(balance, members)).isZero();
        return report(balance, members);
    }

    private int report(List<Member> members) {
        return report(balance, members);
    }

    private int report(Balance balance, List<Member> members) {
        now += CONFIG.reportInterval().toNanos();
        return balance.handOff(new ClusterView(members, now), members.get(0).connections());
    }

    private static Member drainingWith(int connections) {
        return new Member("d", "", "", 0, connections, true, false, 0);
    }

    private static List<Member> members(int... connections) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < connections.length; i++) {
            members.add(new Member("n" + i, "", "", 0, connections[i], false, true, 0));
        }
        return members;
    }
}
