package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric, label and label's value that dashboard, alerts and autoscalers name is one that a node exports. */
class DashboardTest {
    private static final Path COMPONENTS = Path.of("..", "k8s", "components");
    private static final String NAME = "\\b((?:fanwire|resilience4j|process|jvm|system)_[a-z0-9_]+)";
    private static final Pattern METRIC = Pattern.compile(NAME);
    private static final Pattern SELECTOR = Pattern.compile(NAME + "\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    // Micrometer registers them with the first gap and the first collection.
    private static final Set<String> LATER = Set.of(
            "fanwire_redis_gaps_total",
            "fanwire_redis_gap_offsets_total",
            "jvm_gc_pause_seconds_sum",
            "jvm_gc_pause_seconds_max");

    // Prometheus' own, by the PodMonitor.
    private static final Set<String> SCRAPED = Set.of("namespace", "pod", "container", "job");

    private static Set<String> series = Set.of();

    @BeforeAll
    static void scrape() {
        try (RedisServer redis = RedisServer.launchForTests();
                TestNode node = TestNode.start("FANWIRE_REDIS_URI", redis.uri())) {
            series = node.admin("/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toSet());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "monitoring/fanwire.json",
                "monitoring/rules.yaml",
                "hpa/autoscaler.yaml",
                "hpa/adapter.yaml",
                "keda/scaledobject.yaml"
            })
    void namesOnlyMetricsThatAreExported(String file) {
        Set<String> named = find(METRIC, file)
                .map(found -> found.group(1))
                .filter(name -> !LATER.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isNotEmpty();
        assertThat(metrics()).containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitoring/fanwire.json", "monitoring/rules.yaml"})
    void selectsOnlyByLabelsAndValuesThatAreExported(String file) {
        List<MatchResult> selectors = find(SELECTOR, file)
                .filter(selector -> !LATER.contains(selector.group(1)))
                .toList();
        assertThat(selectors)
                .isNotEmpty()
                .allSatisfy(selector -> MATCHER.matcher(selector.group(2))
                        .results()
                        .filter(matcher -> !SCRAPED.contains(matcher.group(1)))
                        .forEach(matcher -> expect(selector.group(1), matcher)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitoring/fanwire.json", "monitoring/rules.yaml"})
    void groupsOnlyByLabelsThatAreExported(String file) {
        Set<String> grouped = find(GROUPING, file)
                .flatMap(found -> Stream.of(found.group(1).split(",\\s*")))
                .filter(label -> !SCRAPED.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(grouped)
                .isNotEmpty()
                .allSatisfy(label ->
                        assertThat(series).anySatisfy(line -> assertThat(line).contains(label + "=\"")));
    }

    @Test
    void aNameThatIsNoMetricIsFound() {
        assertThat(metrics()).contains("fanwire_connections").doesNotContain("fanwire_conections");
    }

    private static void expect(String metric, MatchResult matcher) {
        // =~ and !~ have several.
        for (String value : matcher.group(2).split("\\|")) {
            String label = matcher.group(1) + "=\"" + value + "\"";
            assertThat(series)
                    .anySatisfy(
                            line -> assertThat(line).startsWith(metric + "{").contains(label));
        }
    }

    private static Stream<MatchResult> find(Pattern pattern, String file) {
        try {
            String text = Files.readString(COMPONENTS.resolve(file)).replace("\\\"", "\"");
            return pattern.matcher(text).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> metrics() {
        return series.stream().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
    }
}
