package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says before it needs anything built. */
@Timeout(60)
class LauncherIT {
    private static final Path LAUNCHER = Path.of(System.getProperty("fanwire.home"), "fanwire");

    @TempDir
    Path elsewhere;

    @Test
    void withoutACommandItShowsHowToUseIt() throws Exception {
        try (Tool launcher = Tool.startProgram(LAUNCHER)) {
            assertThat(launcher.awaitExit()).isZero();
            assertThat(launcher.out()).first().isEqualTo("Usage: ./fanwire COMMAND [OPTION…]");
        }
    }

    @Test
    void anUnknownCommandIsRefusedInOneLine() throws Exception {
        try (Tool launcher = Tool.startProgram(LAUNCHER, "fly")) {
            assertThat(launcher.awaitExit()).isEqualTo(2);
            assertThat(launcher.err())
                    .containsExactly(
                            "fanwire: unknown command \"fly\"; there are demo, node, sub, pub, load and bench");
        }
    }

    @Test
    void worksByASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), LAUNCHER.toRealPath());
        try (Tool launcher = Tool.startProgram(link, "--help")) {
            assertThat(launcher.awaitExit()).isZero();
        } finally {
            Files.delete(link);
        }
    }
}
