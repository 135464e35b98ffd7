package io.fanwire.bench.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storms of few clients, in virtual time: each test draws the same one each time. */
class StormTest {
    private static final int CLIENTS = 20_000;
    private static final int NODES = 10;
    private static final int DRAIN_TOLERANCE = 50;
    private static final DoorConfig USUAL = new DoorConfig(200, 500, 0.8, 0.35, 0.15);
    private static final DoorConfig WIDE = new DoorConfig(1_000_000, 100_000, 1_000, 0.01, 0.01);

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyClientIsInOnePlaceAndAllReturn(Scenario scenario) {
        Storm storm = new Storm(config(USUAL));
        Disturbance disturbance = scenario.disturb(NODES);
        for (long now = 0; !disturbance.isOver(now) || storm.away() > 0; now++) {
            storm.tick(disturbance);
            assertThat(storm.accountedFor()).isEqualTo(CLIENTS);
        }
        assertThat(storm.timeline().steps()).anyMatch(step -> step.away() > 0);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void theSameSeedDrawsTheSameStorm(Scenario scenario) {
        Outcome one = Storm.run(config(USUAL), scenario);
        assertThat(Storm.run(config(USUAL), scenario).steps()).isEqualTo(one.steps());
    }

    @Test
    void noNodeLetsInMoreThanItsRateAndOneBurst() {
        Outcome reset = Storm.run(config(USUAL), Scenario.RESET);
        assertThat(reset.peakAcceptedPerNode()).isGreaterThan(200).isLessThanOrEqualTo(2 * 200 + 1);
        assertThat(reset.attemptsPerReturn()).isGreaterThan(1.5);
        assertThat(reset.seconds()).isGreaterThan(CLIENTS / (200.0 * NODES) - 1);
    }

    /** Full jitter: a wait that is even between nothing and a second, so that a share of t is back after t seconds. */
    @Test
    void withoutLimitsTheyComeBackAsFullJitterHasIt() {
        Outcome reset = Storm.run(config(WIDE), Scenario.RESET);
        assertThat(reset.attemptsPerReturn()).isEqualTo(1);
        for (int i = 1; i < 10; i++) {
            assertThat(reset.steps().get(i).away() / (double) CLIENTS).isCloseTo(1 - (i + 1) / 10.0, within(0.01));
        }
        assertThat(reset.secondsUntilAway(0)).isBetween(0.9, 1.1);
    }

    /**
     * Each node that drains gives an n-th of its clients to each of n nodes: those that are still to come have
     * (1 + 1/n)^k times their share at step k, and all moves together are (1 + 1/n)^n - 1 for each client.
     */
    @Test
    void aSlowRollMovesEachClientAsOftenAsTheFormulaSays() {
        Outcome roll = Storm.run(config(WIDE), Scenario.SLOW_ROLL);
        double growth = Math.pow(1 + 1.0 / NODES, NODES);
        assertThat(roll.movesPerClient()).isCloseTo(growth - 1, within(0.02));
        assertThat(roll.fullest()).isCloseTo(Math.pow(1 + 1.0 / NODES, NODES - 1), within(0.1));
    }

    @Test
    void rebalancingKeepsTheNodesOfASlowRollMoreEven() {
        Outcome without = Storm.run(config(WIDE), Scenario.SLOW_ROLL);
        Outcome with = Storm.run(config(WIDE, 1, true), Scenario.SLOW_ROLL);
        assertThat(with.fullest()).isLessThan(without.fullest());
        assertThat(with.movesPerClient()).isGreaterThan(without.movesPerClient());
    }

    @Test
    void patienceWhileNodesDrainSparesMovesAndKeepsEachNodeNearItsTolerance() {
        Outcome hasty = Storm.run(config(WIDE, 1, true, 10), Scenario.SLOW_ROLL);
        Outcome patient = Storm.run(config(WIDE, 1, true), Scenario.SLOW_ROLL);
        assertThat(patient.movesPerClient()).isLessThan(0.75 * hasty.movesPerClient());
        assertThat(patient.fullest()).isLessThan(1.1 * (1 + DRAIN_TOLERANCE / 100.0));
    }

    @Test
    void aLostNodeTouchesOnlyItsOwnClients() {
        Outcome node = Storm.run(config(USUAL), Scenario.NODE);
        assertThat(node.affected()).isEqualTo(CLIENTS / NODES);
        assertThat(node.maxAway()).isLessThanOrEqualTo(CLIENTS / NODES);
    }

    @Test
    void aBalancerThatPrefersTheEmptierOfTwoMovesClientsLess() {
        Outcome random = Storm.run(config(WIDE), Scenario.SLOW_ROLL);
        Outcome two = Storm.run(config(WIDE, 2, false), Scenario.SLOW_ROLL);
        assertThat(two.movesPerClient()).isLessThan(random.movesPerClient());
        assertThat(two.fullest()).isLessThan(random.fullest());
    }

    private static StormConfig config(DoorConfig door) {
        return config(door, 1, false);
    }

    private static StormConfig config(DoorConfig door, int choices, boolean rebalance) {
        return config(door, choices, rebalance, DRAIN_TOLERANCE);
    }

    private static StormConfig config(DoorConfig door, int choices, boolean rebalance, int drainTolerance) {
        return new StormConfig(
                CLIENTS,
                NODES,
                door,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ZERO,
                choices,
                rebalance,
                drainTolerance,
                7);
    }
}
