package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two autoscalers do the same, and no faster than nodes and clients bear. */
class ScalingPolicyTest {
    static Stream<JsonNode> behaviors() {
        return Stream.of(hpa().at("/spec/behavior"), keda().at(KEDAS_BEHAVIOR));
    }

    private static final String KEDAS_BEHAVIOR = "/spec/advanced/horizontalPodAutoscalerConfig/behavior";

    @Test
    void bothAutoscalersDoTheSame() {
        assertThat(keda().at(KEDAS_BEHAVIOR)).isEqualTo(hpa().at("/spec/behavior"));
        assertThat(keda().at("/spec/minReplicaCount")).isEqualTo(hpa().at("/spec/minReplicas"));
        assertThat(keda().at("/spec/maxReplicaCount")).isEqualTo(hpa().at("/spec/maxReplicas"));
        assertThat(keda().at("/spec/triggers/0/metadata/threshold").asLong()).isEqualTo(connectionsAimedAt());
        assertThat(keda().at("/spec/triggers/1/metadata/value").asInt())
                .isEqualTo(hpa().at("/spec/metrics/1/resource/target/averageUtilization")
                        .asInt());
    }

    @Test
    void kedaCountsTheClientsOfItsOwnNamespace() {
        String namespace = keda().at("/metadata/namespace").asText();
        assertThat(keda().at("/spec/triggers/0/metadata/query").asText()).contains("{namespace=\"" + namespace + "\"}");
    }

    @Test
    void theOthersHaveRoomForTheClientsOfALostNode() {
        assertThat(hpa().at("/spec/minReplicas").asInt()).isGreaterThanOrEqualTo(3);
        long limit = Long.parseLong(Cluster.environment(Cluster.prod()).get("FANWIRE_LIMITS_CONNECTIONS"));
        // Of three nodes one, and the two others have half as many again.
        assertThat(connectionsAimedAt() * 3 / 2).isLessThan(limit);
    }

    @Test
    void whoIsScaledSaysNoNumberOfItsOwn() {
        assertThat(Cluster.prod().get("Deployment", Cluster.NODE).path("spec").has("replicas"))
                .isFalse();
    }

    @Test
    void theAdapterIsToldOfTheMetric() {
        JsonNode rules = Cluster.prod().get("ConfigMap", "fanwire-adapter-rules");
        String metric = hpa().at("/spec/metrics/0/pods/metric/name").asText();
        assertThat(rules.at("/data/rules.yaml").asText()).contains("as: " + metric + "}");
    }

    @ParameterizedTest
    @MethodSource("behaviors")
    void itScalesDownMoreSlowlyThanANodeDrains(JsonNode behavior) {
        JsonNode down = behavior.path("scaleDown");
        int grace = Cluster.pod(Cluster.prod())
                .path("terminationGracePeriodSeconds")
                .asInt();
        assertThat(list(down.path("policies"))).singleElement().satisfies(policy -> {
            assertThat(policy.path("type").asText()).isEqualTo("Pods");
            assertThat(policy.path("value").asInt()).isEqualTo(1);
            assertThat(policy.path("periodSeconds").asInt()).isGreaterThan(grace);
        });
        assertThat(down.path("stabilizationWindowSeconds").asInt()).isGreaterThan(grace);
    }

    private static long connectionsAimedAt() {
        String value = hpa().at("/spec/metrics/0/pods/target/averageValue").asText();
        assertThat(value).endsWith("k");
        return Long.parseLong(value.substring(0, value.length() - 1)) * 1_000;
    }

    private static JsonNode hpa() {
        return Cluster.prod().get("HorizontalPodAutoscaler", Cluster.NODE);
    }

    private static JsonNode keda() {
        return Rendered.of("src/test/keda").get("ScaledObject", Cluster.NODE);
    }
}
