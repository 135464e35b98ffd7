package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard against Prometheus' own tool. */
class AlertsIT {
    private static final Path UNIT_TESTS = Path.of("src", "test", "prometheus", "rules_test.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void everyAlertFiresWhenItShouldAndNoSooner() {
        Promtool promtool =
                Promtool.with(Map.of("rules.yaml", yaml(Monitoring.spec()), "rules_test.yaml", read(UNIT_TESTS)));
        assertThat(promtool.run("test", "rules", "rules_test.yaml")).contains("SUCCESS");
    }

    @Test
    void aRuleThatDoesNotFireIsFound() {
        String never = yaml(Monitoring.spec()).replace("fanwire_overloaded == 1", "fanwire_overloaded == 2");
        Promtool promtool = Promtool.with(Map.of("rules.yaml", never, "rules_test.yaml", read(UNIT_TESTS)));
        assertThat(promtool.run("test", "rules", "rules_test.yaml")).contains("FAILED", "FanwireOverloaded");
    }

    @Test
    void promtoolKnowsEveryExpressionOfTheDashboard() {
        // Grafana fills in what begins with a dollar.
        List<Map<String, String>> rules = Monitoring.expressions().stream()
                .map(expression -> expression.replace("$__rate_interval", "1m").replace("$namespace", "fanwire"))
                .map(expression -> Map.of("record", "dashboard", "expr", expression))
                .distinct()
                .toList();
        JsonNode groups = YAML.valueToTree(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules))));
        Promtool promtool = Promtool.with(Map.of("rules.yaml", yaml(groups)));
        assertThat(promtool.run("check", "rules", "--lint=none", "rules.yaml"))
                .contains("SUCCESS: " + rules.size() + " rules found");
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
