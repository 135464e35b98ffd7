package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanwire.node.NodeConfig;
import io.fanwire.node.drain.DrainConfig;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the objects of a cluster have to be to each other, and to what a node is. */
class NodePolicyTest {
    private static final String NODE = "fanwire";

    /** What a node takes beyond its drain, at most: see docs/operations.md, Stopping. */
    private static final Duration LAST_WATCH = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void theSettingsAreOnesThatANodeTakes(String folder) {
        Rendered cluster = Rendered.of(folder);
        NodeConfig config = NodeConfig.from(environment(cluster));
        assertThat(config.redis()).isPresent();
        assertThat(config.socket().port()).isEqualTo(port(cluster, "client"));
        assertThat(config.admin().port()).isEqualTo(port(cluster, "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void aNodeHasTimeToDrain(String folder) {
        Rendered cluster = Rendered.of(folder);
        DrainConfig drain = NodeConfig.from(environment(cluster)).drain();
        Duration needed =
                drain.delay().plus(drain.duration()).plus(drain.grace()).plus(LAST_WATCH);
        assertThat(Duration.ofSeconds(
                        pod(cluster).path("terminationGracePeriodSeconds").asInt()))
                .isGreaterThan(needed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void selectorsAndPortsMatch(String folder) {
        Rendered cluster = Rendered.of(folder);
        cluster.all("Service").forEach(service -> {
            JsonNode target = selected(cluster, service.at("/spec/selector"));
            list(service.at("/spec/ports"))
                    .forEach(port -> assertThat(portNames(target))
                            .contains(port.path("targetPort").asText()));
        });
        cluster.all("PodDisruptionBudget")
                .forEach(budget -> selected(cluster, budget.at("/spec/selector/matchLabels")));
        cluster.all("NetworkPolicy").forEach(policy -> selected(cluster, policy.at("/spec/podSelector/matchLabels")));
        cluster.all("PodMonitor").forEach(monitor -> {
            JsonNode target = selected(cluster, monitor.at("/spec/selector/matchLabels"));
            assertThat(portNames(target))
                    .contains(monitor.at("/spec/podMetricsEndpoints/0/port").asText());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void probesAskWhatTheyMean(String folder) {
        JsonNode container = pod(Rendered.of(folder)).at("/containers/0");
        // Only a restart helps against what /livez says; Redis away is none of that.
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/livez");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
        for (String probe : List.of("livenessProbe", "startupProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("admin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void aRollAndADrainedMachineGetOn(String folder) {
        Rendered cluster = Rendered.of(folder);
        JsonNode strategy = cluster.get("Deployment", NODE).at("/spec/strategy/rollingUpdate");
        assertThat(strategy.path("maxUnavailable").asInt(-1)).isZero();
        assertThat(strategy.path("maxSurge").asInt()).isPositive();
        JsonNode budget = cluster.get("PodDisruptionBudget", NODE);
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isPositive();
    }

    @Test
    void itScalesDownMoreSlowlyThanItDrains() {
        Rendered cluster = Rendered.of("overlays/prod");
        JsonNode autoscaler = cluster.get("HorizontalPodAutoscaler", NODE);
        assertThat(autoscaler.at("/spec/scaleTargetRef/name").asText()).isEqualTo(NODE);
        assertThat(autoscaler.at("/spec/minReplicas").asInt()).isGreaterThanOrEqualTo(3);
        JsonNode down = autoscaler.at("/spec/behavior/scaleDown/policies/0");
        assertThat(down.path("value").asInt()).isEqualTo(1);
        assertThat(down.path("periodSeconds").asInt())
                .isGreaterThan(
                        pod(cluster).path("terminationGracePeriodSeconds").asInt());
    }

    @Test
    void changedSettingsRollThePods() {
        Rendered cluster = Rendered.of("overlays/prod");
        List<String> sources = list(pod(cluster).at("/containers/0/envFrom")).stream()
                .map(source -> source.findValue("name").asText())
                .toList();
        assertThat(sources).hasSize(2).allSatisfy(name -> assertThat(name).matches("fanwire.*-[a-z0-9]{10}"));
    }

    @Test
    void onlyTheAdminPortIsForPrometheusAndOnlyTheClientPortForAll() {
        JsonNode policy = Rendered.of("overlays/prod").get("NetworkPolicy", NODE);
        assertThat(list(policy.at("/spec/ingress"))).hasSize(2).allSatisfy(rule -> {
            String port = rule.at("/ports/0/port").asText();
            assertThat(rule.has("from")).isEqualTo(port.equals("admin"));
        });
        assertThat(policy.at("/spec/policyTypes").toString()).contains("Ingress", "Egress");
    }

    @Test
    void anIngressOutlastsTheHeartbeats() {
        Rendered cluster = Rendered.of("src/test/ingress-nginx");
        JsonNode annotations = cluster.get("Ingress", NODE).at("/metadata/annotations");
        assertThat(annotations
                        .path("nginx.ingress.kubernetes.io/proxy-read-timeout")
                        .asInt())
                .isGreaterThan(300);
        assertThat(cluster.get("Ingress", NODE)
                        .at("/spec/rules/0/http/paths/0/backend/service/name")
                        .asText())
                .isEqualTo(cluster.get("Service", NODE).at("/metadata/name").asText());
    }

    /** The one that has these labels. */
    private static JsonNode selected(Rendered cluster, JsonNode selector) {
        assertThat(selector.isEmpty()).isFalse();
        List<JsonNode> matching = cluster.workloads()
                .filter(workload -> selector.properties().stream()
                        .allMatch(label -> workload.at("/spec/template/metadata/labels")
                                .path(label.getKey())
                                .equals(label.getValue())))
                .toList();
        assertThat(matching).hasSize(1);
        return matching.get(0);
    }

    private static List<String> portNames(JsonNode workload) {
        return list(workload.at("/spec/template/spec/containers/0/ports")).stream()
                .map(port -> port.path("name").asText())
                .toList();
    }

    private static int port(Rendered cluster, String name) {
        return list(pod(cluster).at("/containers/0/ports")).stream()
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private static JsonNode pod(Rendered cluster) {
        return cluster.get("Deployment", NODE).at("/spec/template/spec");
    }

    /** As the container gets it: plain values have no meaning here but their names. */
    private static Map<String, String> environment(Rendered cluster) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("FANWIRE_NODE_ID", "fanwire-0");
        list(pod(cluster).at("/containers/0/envFrom")).forEach(source -> {
            String name = source.findValue("name").asText();
            if (source.has("configMapRef")) {
                put(environment, cluster.get("ConfigMap", name).path("data"), value -> value);
            } else {
                put(environment, cluster.get("Secret", name).path("data"), NodePolicyTest::decode);
            }
        });
        return environment;
    }

    private static void put(
            Map<String, String> environment, JsonNode data, java.util.function.UnaryOperator<String> decode) {
        data.properties()
                .forEach(each -> environment.put(
                        each.getKey(), decode.apply(each.getValue().asText())));
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<JsonNode> list(JsonNode array) {
        return stream(array).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
