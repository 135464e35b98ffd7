package io.fanwire.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private static final Account ACCOUNT = new Account(1_234, 0, 37_020, 24_680, 0, 0, 0, 0.9, 3.1);
    private static final List<NodeCounts> NODES = List.of(
            new NodeCounts("ws://localhost:8080/ws", 31, 617, 18_510),
            new NodeCounts("ws://localhost:8081/ws", 31, 617, 18_510));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void isALineWhereNobodyLooks() {
        new LiveTable(out, false).show(Duration.ofSeconds(7), NODES, ACCOUNT);
        assertThat(text())
                .isEqualTo("   7 s   1,234 publications   37,020 deliveries   lost 0   duplicated 0   out of order 0   "
                        + "p50 0.9 ms   p99 3.1 ms   connections/in/out by node: 31/617/18,510 31/617/18,510\n");
    }

    @Test
    void isDrawnInItsPlaceOnATerminal() {
        var table = new LiveTable(out, true);
        table.show(Duration.ofSeconds(7), NODES, ACCOUNT);
        assertThat(text().lines()).hasSize(5).allMatch(line -> line.length() <= 84);
        assertThat(text()).doesNotContain("\033[5A");
        table.show(Duration.ofSeconds(8), NODES, ACCOUNT);
        assertThat(text()).contains("\033[5A").contains("all after 8 s");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
