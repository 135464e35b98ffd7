package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric of ours that dashboard, alerts and autoscalers name is one that a node exports. */
class DashboardTest {
    private static final Path COMPONENTS = Path.of("..", "k8s", "components");
    private static final Pattern METRIC = Pattern.compile("\\b(?:fanwire|resilience4j|process)_[a-z0-9_]+");

    // Micrometer registers them with the first gap.
    private static final Set<String> LATER = Set.of("fanwire_redis_gaps_total", "fanwire_redis_gap_offsets_total");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monitoring/fanwire.json",
                "monitoring/rules.yaml",
                "hpa/autoscaler.yaml",
                "hpa/adapter.yaml",
                "keda/scaledobject.yaml"
            })
    void namesOnlyWhatIsExported(String file) throws IOException {
        Set<String> named = METRIC.matcher(Files.readString(COMPONENTS.resolve(file)))
                .results()
                .map(found -> found.group())
                .filter(name -> !LATER.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty();
        assertThat(exported()).containsAll(named);
    }

    @Test
    void aNameThatIsNoMetricIsFound() {
        assertThat(exported()).contains("fanwire_connections").doesNotContain("fanwire_conections");
    }

    private static Set<String> exported() {
        try (RedisServer redis = RedisServer.launchForTests();
                TestNode node = TestNode.start("FANWIRE_REDIS_URI", redis.uri())) {
            return node.admin("/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toSet());
        }
    }
}
