package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for a cluster as a whole: its namespace, its images, what keeps it apart from others. */
class ClusterPolicyTest {
    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace", "PriorityClass");

    static Stream<Rendered> clusters() {
        return Cluster.whole();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void everythingIsInItsNamespace(Rendered cluster) {
        String namespace = cluster.all("Namespace").map(Json::name).findFirst().orElseThrow();
        assertThat(cluster.objects())
                .filteredOn(object ->
                        !WITHOUT_NAMESPACE.contains(object.path("kind").asText()))
                .allSatisfy(
                        object -> assertThat(object.at("/metadata/namespace").asText())
                                .as(Json.title(object))
                                .isEqualTo(namespace));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void theNamespaceTakesOnlyRestrictedPods(Rendered cluster) {
        assertThat(cluster.all("Namespace"))
                .singleElement()
                .satisfies(namespace -> assertThat(namespace
                                .at("/metadata/labels")
                                .path("pod-security.kubernetes.io/enforce")
                                .asText())
                        .isEqualTo("restricted"));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void everythingSaysWhatItIsPartOf(Rendered cluster) {
        assertThat(cluster.objects())
                .allSatisfy(object -> assertThat(
                                object.at("/metadata/labels").path(PART_OF).asText())
                        .as(Json.title(object))
                        .isEqualTo("fanwire"));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void nothingIsThereTwice(Rendered cluster) {
        assertThat(cluster.objects().stream().map(Json::title)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void everyPodIsBehindAPolicyForBothWays(Rendered cluster) {
        cluster.workloads()
                .forEach(workload -> assertThat(cluster.all("NetworkPolicy"))
                        .as(Json.title(workload))
                        .anySatisfy(policy -> {
                            assertThat(Cluster.selected(cluster, policy.at("/spec/podSelector/matchLabels")))
                                    .containsExactly(workload);
                            assertThat(policy.at("/spec/policyTypes").toString())
                                    .contains("Ingress", "Egress");
                        }));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void noSecretIsAConfigMap(Rendered cluster) {
        assertThat(cluster.all("ConfigMap").map(map -> map.path("data").toString()))
                .noneSatisfy(data -> assertThat(data).containsPattern("rediss?://[^\"]*@"));
    }

    @Test
    void prodsImagesHaveVersions() {
        Rendered prod = Cluster.prod();
        expectVersions(prod);
        assertThat(images(prod))
                .containsExactlyInAnyOrder(
                        "registry.example.com/fanwire-node:1.0.0", "registry.example.com/fanwire-load:1.0.0");
    }

    @Test
    void devsImagesAreThoseThatAreBuiltHere() {
        assertThat(images(Cluster.dev()))
                .containsExactlyInAnyOrder("fanwire-node:latest", "redis:7", "fanwire-load:latest");
        // Or the kubelet would ask a registry for what was loaded into the cluster.
        assertThat(containers(Cluster.dev()))
                .filteredOn(container -> container.path("image").asText().endsWith(":latest"))
                .allSatisfy(container ->
                        assertThat(container.path("imagePullPolicy").asText()).isEqualTo("IfNotPresent"));
    }

    @Test
    void devNeedsNothingThatAClusterHasNotByItself() {
        assertThat(Cluster.dev().objects())
                .extracting(object -> object.path("apiVersion").asText())
                .allMatch(version -> !version.contains(".") || version.contains(".k8s.io/"))
                .doesNotContain("autoscaling/v2");
    }

    @Test
    void prodLetsNobodyInUnasked() {
        Rendered prod = Cluster.prod();
        assertThat(prod.get("Ingress", Cluster.NODE).at("/metadata/annotations"))
                .anySatisfy(annotation -> assertThat(annotation.asText()).startsWith("http://auth.example"));
        assertThat(prod.get("Ingress", Cluster.NODE).at("/spec/tls")).isNotEmpty();
        // Nor from inside, around the ingress.
        assertThat(list(prod.get("NetworkPolicy", Cluster.NODE).at("/spec/ingress")))
                .allSatisfy(rule -> assertThat(rule.path("from")).isNotEmpty());
    }

    static void expectVersions(Rendered cluster) {
        assertThat(images(cluster))
                .allSatisfy(image -> assertThat(image).matches(".+:[^/:]+").doesNotEndWith(":latest"));
    }

    private static List<String> images(Rendered cluster) {
        return containers(cluster).stream()
                .map(container -> container.path("image").asText())
                .toList();
    }

    private static List<JsonNode> containers(Rendered cluster) {
        return cluster.workloads()
                .flatMap(workload -> list(workload.at("/spec/template/spec/containers")).stream())
                .toList();
    }
}
