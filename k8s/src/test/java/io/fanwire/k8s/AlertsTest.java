package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard against their tests, and against the documentation that they send people to. */
class AlertsTest {
    private static final Path UNIT_TESTS = Path.of("src", "test", "prometheus", "rules_test.yaml");
    private static final int CONFIG_MAP_BYTES = 1 << 20;

    @Test
    void everyAlertIsTested() {
        String tests = read(UNIT_TESTS);
        assertThat(Monitoring.alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests)
                        .contains(
                                "[{labels: '{alertname=\"" + alert.path("alert").asText() + "\"}', value: 1}]"));
        assertThat(Monitoring.alerts())
                .extracting(alert -> alert.path("alert").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyAlertSaysWhatItMeansAndWhereToReadOn() {
        assertThat(Monitoring.alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            String[] runbook = alert.at("/annotations/runbook").asText().split("#");
            assertThat(anchors(Path.of("..", runbook[0]))).contains(runbook[1]);
        });
    }

    @Test
    void theDashboardSaysWhatItsLinesAre() {
        assertThat(Monitoring.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
            list(panel.path("targets"))
                    .forEach(target -> assertThat(target.path("expr").asText()).contains("namespace=\"$namespace\""));
            if (list(panel.path("targets")).size() > 1) {
                assertThat(list(panel.path("targets")))
                        .allSatisfy(target ->
                                assertThat(target.path("legendFormat").asText()).isNotBlank());
            }
        });
    }

    @Test
    void theDashboardFitsIntoAConfigMap() {
        assertThat(Monitoring.dashboard().getBytes(UTF_8).length).isLessThan(CONFIG_MAP_BYTES);
    }

    /** Of the headings of a page, as they are linked to. */
    private static List<String> anchors(Path page) {
        Stream<String> headings =
                Pattern.compile("(?m)^#+ (.*)$").matcher(read(page)).results().map(found -> found.group(1));
        return headings.map(heading -> heading.toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
