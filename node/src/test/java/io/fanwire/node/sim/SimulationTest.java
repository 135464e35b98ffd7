package io.fanwire.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Tries to break the engine's promises. Replay a failing seed with {@code -Dfanwire.sim.seed=…}, or try more of them with
 * {@code -Dfanwire.sim.seeds=10000}.
 */
class SimulationTest {
    private static final int STEPS = 5_000;
    private static final int SEEDS = Integer.getInteger("fanwire.sim.seeds", 250);

    @Test
    void keepsItsPromisesWhateverTheOrderOfThings() {
        Long replayed = Long.getLong("fanwire.sim.seed");
        long delivered = 0;
        long gaps = 0;
        long dropped = 0;
        long pages = 0;
        Random seeds = new Random();
        int runs = replayed == null ? SEEDS : 1;
        for (int i = 0; i < runs; i++) {
            long seed = replayed == null ? seeds.nextLong() : replayed;
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed
                                + ": replay with mvn -pl node -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dfanwire.sim.seed="
                                + seed,
                        e);
            }
            delivered += simulation.delivered();
            gaps += simulation.gaps();
            dropped += simulation.droppedLogBytes();
            pages += simulation.pages();
        }
        System.out.printf(
                "simulation: %,d steps, %,d deliveries, %,d gaps told, %,d pages of history, %,d log bytes dropped"
                        + " over the bound%n",
                runs * STEPS, delivered, gaps, pages, dropped);
        // A simulation in which little happens proves little.
        if (replayed == null) {
            assertThat(delivered).isGreaterThan(10L * SEEDS);
            assertThat(gaps).isGreaterThan(SEEDS / 10);
            assertThat(pages).isGreaterThan(SEEDS);
            assertThat(dropped).isGreaterThan(1_000L * SEEDS);
        }
    }
}
