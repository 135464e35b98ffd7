package io.fanwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The measurements of whole nodes run and print their tables; the numbers of such short runs mean nothing. */
@Timeout(120)
class WholeNodeIT {
    @Test
    void fansOutFromANodeAndFromTheFloor() {
        List<String> lines =
                run("fanout", "--only", "128 B", "--servers", "node,floor", "--warm-up", "1s", "--for", "1s");
        assertThat(lines).filteredOn(line -> line.contains("| node ")).hasSize(3);
        assertThat(lines).filteredOn(line -> line.contains("| floor ")).hasSize(3);
    }

    @Test
    void holdsIdleConnections() {
        List<String> lines = run("idle", "--connections", "100", "--steps", "2", "--for", "1s");
        assertThat(lines).anyMatch(line -> line.startsWith("| 100 "));
        assertThat(lines).last().asString().startsWith("100 idle connections");
    }

    private static List<String> run(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.commandLine().execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
