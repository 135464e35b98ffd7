package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an object selects by labels and ports is there: a selector that finds nobody is no error to Kubernetes. */
class SelectorPolicyTest {
    static Stream<Rendered> clusters() {
        return Cluster.all();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aServiceLeadsToOneKindOfPodAndAPortOfIt(Rendered cluster) {
        cluster.all("Service").forEach(service -> {
            JsonNode target = one(cluster, service.at("/spec/selector"));
            list(service.at("/spec/ports"))
                    .forEach(port -> assertThat(portNames(target))
                            .contains(port.path("targetPort").asText()));
        });
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aDisruptionBudgetIsForOneKindOfPod(Rendered cluster) {
        cluster.all("PodDisruptionBudget").forEach(budget -> one(cluster, budget.at("/spec/selector/matchLabels")));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aPodMonitorReadsAPortThatIsThere(Rendered cluster) {
        cluster.all("PodMonitor").forEach(monitor -> {
            JsonNode target = one(cluster, monitor.at("/spec/selector/matchLabels"));
            list(monitor.at("/spec/podMetricsEndpoints"))
                    .forEach(endpoint -> assertThat(portNames(target))
                            .contains(endpoint.path("port").asText()));
        });
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aDeploymentsPodsAreItsOwn(Rendered cluster) {
        cluster.all("Deployment").forEach(deployment -> {
            assertThat(one(cluster, deployment.at("/spec/selector/matchLabels")))
                    .isEqualTo(deployment);
            list(deployment.at("/spec/template/spec/topologySpreadConstraints"))
                    .forEach(spread -> assertThat(one(cluster, spread.at("/labelSelector/matchLabels")))
                            .isEqualTo(deployment));
        });
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void whatLetsPodsThroughNamesPodsAndPortsThatAreThere(Rendered cluster) {
        cluster.all("NetworkPolicy").forEach(policy -> {
            JsonNode own = one(cluster, policy.at("/spec/podSelector/matchLabels"));
            list(policy.at("/spec/ingress")).forEach(rule -> {
                expectPorts(own, rule);
                peers(cluster, rule.path("from"));
            });
            list(policy.at("/spec/egress"))
                    .forEach(rule -> peers(cluster, rule.path("to")).forEach(peer -> expectPorts(peer, rule)));
        });
    }

    /** Those in this namespace that a rule lets through. */
    private static List<JsonNode> peers(Rendered cluster, JsonNode peers) {
        return list(peers).stream()
                .map(peer -> peer.at("/podSelector/matchLabels"))
                .filter(labels -> !labels.isMissingNode())
                .map(labels -> one(cluster, labels))
                .toList();
    }

    private static void expectPorts(JsonNode workload, JsonNode rule) {
        // None would be all of them.
        assertThat(list(rule.path("ports")))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(ports(workload))
                        .anySatisfy(own ->
                                assertThat(port.path("port")).isIn(own.path("name"), own.path("containerPort"))));
    }

    private static JsonNode one(Rendered cluster, JsonNode labels) {
        List<JsonNode> selected = Cluster.selected(cluster, labels);
        assertThat(selected).hasSize(1);
        return selected.get(0);
    }

    private static List<String> portNames(JsonNode workload) {
        return ports(workload).stream().map(port -> port.path("name").asText()).toList();
    }

    private static List<JsonNode> ports(JsonNode workload) {
        return list(workload.at("/spec/template/spec/containers/0/ports"));
    }
}
