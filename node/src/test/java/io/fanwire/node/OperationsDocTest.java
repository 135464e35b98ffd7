package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.RedisServer;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/operations.md equal to the settings and metrics that there are. */
class OperationsDocTest {
    private static final String PAGE = "operations.md";
    private static final Set<String> ONLY_AFTER_A_GAP =
            Set.of("fanwire_redis_gaps_total", "fanwire_redis_gap_offsets_total");

    @Test
    void everySettingIsDocumentedWithItsDefault() {
        List<List<String>> documented = DocTable.rows(PAGE, "variable", "key").stream()
                .map(row -> row.subList(0, 3))
                .toList();
        List<List<String>> existing =
                ConfigMappings.getProperties(ConfigClass.configClass(NodeSettings.class)).entrySet().stream()
                        // A list stands there as a whole, too.
                        .filter(setting -> !setting.getKey().endsWith("[*]"))
                        .map(setting -> row(setting.getKey(), setting.getValue()))
                        .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(existing);
    }

    @Test
    void theVariablesThatAreNoSettingsAreAccepted() {
        List<String> variables = DocTable.rows(PAGE, "variable", "read by").stream()
                .map(row -> row.get(0))
                .toList();
        assertThat(variables).hasSize(4);
        for (String variable : variables) {
            assertThat(NodeConfig.from(Map.of(variable, "")).socket().port()).isEqualTo(8080);
        }
    }

    @Test
    void everyMetricIsDocumentedWithItsType() {
        Set<String> documented = DocTable.rows(PAGE, "metric", "type").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .filter(row -> !ONLY_AFTER_A_GAP.contains(row.split(" ", -1)[0]))
                .collect(Collectors.toCollection(TreeSet::new));
        try (RedisServer redis = RedisServer.launchForTests();
                TestNode node = TestNode.start("FANWIRE_REDIS_URI", redis.uri())) {
            Set<String> exported = node.admin("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE fanwire_") || line.startsWith("# TYPE resilience4j_"))
                    .map(line -> line.substring("# TYPE ".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).isEqualTo(exported);
        }
    }

    private static List<String> row(String property, Property setting) {
        String key = property.substring("fanwire.".length());
        String variable = property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        return List.of(variable, key, setting.hasDefaultValue() ? setting.getDefaultValue() : "");
    }
}
