package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard against Prometheus' own tool, and against the documentation that they send people to. */
class AlertsTest {
    private static final Path UNIT_TESTS = Path.of("src", "test", "prometheus", "rules_test.yaml");
    private static final int CONFIG_MAP_BYTES = 1 << 20;
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void everyAlertFiresWhenItShouldAndNoSooner() {
        Promtool promtool = Promtool.with(Map.of("rules.yaml", yaml(spec()), "rules_test.yaml", read(UNIT_TESTS)));
        assertThat(promtool.run("test", "rules", "rules_test.yaml")).contains("SUCCESS");
    }

    @Test
    void aRuleThatDoesNotFireIsFound() {
        String never = yaml(spec()).replace("fanwire_overloaded == 1", "fanwire_overloaded == 2");
        Promtool promtool = Promtool.with(Map.of("rules.yaml", never, "rules_test.yaml", read(UNIT_TESTS)));
        assertThat(promtool.run("test", "rules", "rules_test.yaml")).contains("FAILED", "FanwireOverloaded");
    }

    @Test
    void promtoolKnowsEveryExpressionOfTheDashboard() {
        // Grafana fills in what begins with a dollar.
        List<Map<String, String>> rules = expressions().stream()
                .map(expression -> expression.replace("$__rate_interval", "1m").replace("$namespace", "fanwire"))
                .map(expression -> Map.of("record", "dashboard", "expr", expression))
                .distinct()
                .toList();
        JsonNode groups = YAML.valueToTree(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules))));
        Promtool promtool = Promtool.with(Map.of("rules.yaml", yaml(groups)));
        assertThat(promtool.run("check", "rules", "--lint=none", "rules.yaml"))
                .contains("SUCCESS: " + rules.size() + " rules found");
    }

    @Test
    void everyAlertIsTested() {
        String tests = read(UNIT_TESTS);
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests)
                        .contains(
                                "[{labels: '{alertname=\"" + alert.path("alert").asText() + "\"}', value: 1}]"));
        assertThat(alerts()).extracting(alert -> alert.path("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void everyAlertSaysWhatItMeansAndWhereToReadOn() {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
            String[] runbook = alert.at("/annotations/runbook").asText().split("#");
            assertThat(anchors(Path.of("..", runbook[0]))).contains(runbook[1]);
        });
    }

    @Test
    void theDashboardSaysWhatItsLinesAre() {
        assertThat(panels()).isNotEmpty().allSatisfy(panel -> {
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
        assertThat(dashboard().getBytes(UTF_8).length).isLessThan(CONFIG_MAP_BYTES);
    }

    private static JsonNode spec() {
        return Cluster.prod().get("PrometheusRule", Cluster.NODE).path("spec");
    }

    private static List<JsonNode> alerts() {
        return list(spec().path("groups")).stream()
                .flatMap(group -> list(group.path("rules")).stream())
                .toList();
    }

    /** Without the rows, which are only titles. */
    private static List<JsonNode> panels() {
        try {
            return list(new ObjectMapper().readTree(dashboard()).path("panels")).stream()
                    .filter(panel -> !panel.path("type").asText().equals("row"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> expressions() {
        return panels().stream()
                .flatMap(panel -> list(panel.path("targets")).stream())
                .map(target -> target.path("expr").asText())
                .toList();
    }

    private static String dashboard() {
        return Cluster.prod()
                .get("ConfigMap", "fanwire-dashboard")
                .at("/data/fanwire.json")
                .asText();
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

    private static String yaml(JsonNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
