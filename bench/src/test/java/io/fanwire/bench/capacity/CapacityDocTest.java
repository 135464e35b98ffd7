package io.fanwire.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.bench.DocTables;
import io.fanwire.loadtest.measure.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Holds the figures and worked examples in docs/capacity.md equal to those of the model. */
class CapacityDocTest {
    @Test
    void theFiguresAreThoseOfTheModel() throws IOException {
        List<List<String>> rows = DocTables.rows(List.of("what", "value", "runs gave", "measured by"));
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Figure.values()).map(CapacityDocTest::row).toList());
    }

    @Test
    void theWorkedExamplesAreWhatTheModelSays() throws IOException {
        for (Table table : Examples.tables(NodeSize.BASE)) {
            List<List<String>> printed = DocTables.table(table.toString());
            assertThat(DocTables.rows(printed.get(0))).isEqualTo(printed.subList(1, printed.size()));
        }
    }

    private static List<String> row(Figure figure) {
        return List.of(
                figure.meaning(),
                number(figure.value()) + " " + figure.unit(),
                figure.measured(),
                "./fanwire " + figure.command());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
}
