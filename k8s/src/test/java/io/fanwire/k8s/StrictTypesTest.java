package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrictTypesTest {
    static List<String> folders() {
        return Manifests.kustomizations();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyObjectIsOneThatKubernetesKnows(String folder) {
        Rendered rendered = Rendered.of(folder);
        assertThat(rendered.objects()).isNotEmpty().allSatisfy(ApiTypes::parse);
    }

    @ParameterizedTest
    @CsvSource({
        "overlays/dev, Deployment, /spec/template/spec/containers/0",
        "overlays/dev, Service, /spec/ports/0",
        "overlays/dev, PodDisruptionBudget, /spec",
        "overlays/dev, NetworkPolicy, /spec/ingress/1/from/0/namespaceSelector",
        "overlays/prod, HorizontalPodAutoscaler, /spec/behavior/scaleDown/policies/0",
        "overlays/prod, PodMonitor, /spec/podMetricsEndpoints/0",
        "overlays/prod, PrometheusRule, /spec/groups/0/rules/0",
        "overlays/prod, Ingress, /spec/rules/0/http/paths/0/backend/service",
        "src/test/gateway, HTTPRoute, /spec/rules/0/timeouts",
        "src/test/keda, ScaledObject, /spec",
        "src/test/keda, ScaledObject, /spec/triggers/0",
        "src/test/keda, ScaledObject, /spec/fallback",
        "src/test/keda, ScaledObject, /spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleUp"
    })
    void aFieldThatKubernetesDoesNotKnowIsFound(String folder, String kind, String where) {
        JsonNode object = Rendered.of(folder).get(kind, Cluster.NODE).deepCopy();
        ((ObjectNode) object.at(where)).put("noSuchField", 1);
        assertThatThrownBy(() -> ApiTypes.parse(object))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("noSuchField");
    }

    @Test
    void kedaWantsNumbersWhereItHasNumbers() {
        JsonNode object =
                Rendered.of("src/test/keda").get("ScaledObject", Cluster.NODE).deepCopy();
        ((ObjectNode) object.path("spec")).put("maxReplicaCount", "many");
        assertThatThrownBy(() -> ApiTypes.parse(object)).hasMessageContaining("many");
    }

    @Test
    void kedaWantsToKnowWhatItScales() {
        JsonNode object =
                Rendered.of("src/test/keda").get("ScaledObject", Cluster.NODE).deepCopy();
        ((ObjectNode) object.path("spec")).remove("scaleTargetRef");
        assertThatThrownBy(() -> ApiTypes.parse(object)).hasMessageContaining("scaleTargetRef");
    }
}
