package io.fanwire.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tries to break the engine's promises. Replay a failing seed with {@code -Dfanwire.sim.seed=…}. */
class SimulationTest {
    private static final int STEPS = 5_000;
    private static final int SEEDS = 200;

    @Test
    void keepsItsPromisesWhateverTheOrderOfThings() {
        Long replayed = Long.getLong("fanwire.sim.seed");
        long delivered = 0;
        long gaps = 0;
        Random seeds = new Random();
        for (int i = 0; i < (replayed == null ? SEEDS : 1); i++) {
            long seed = replayed == null ? seeds.nextLong() : replayed;
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + ": replay with mvn -pl node test -Dtest=SimulationTest -Dfanwire.sim.seed="
                                + seed,
                        e);
            }
            delivered += simulation.delivered();
            gaps += simulation.gaps();
        }
        System.out.printf("simulation: %,d steps, %,d deliveries, %,d gaps told%n", SEEDS * STEPS, delivered, gaps);
        // A simulation in which little happens proves little.
        if (replayed == null) {
            assertThat(delivered).isGreaterThan(10L * SEEDS);
            assertThat(gaps).isGreaterThan(SEEDS / 10);
        }
    }
}
