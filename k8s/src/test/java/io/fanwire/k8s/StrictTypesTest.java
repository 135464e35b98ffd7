package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod", "loadtest", "src/test/ingress-nginx", "src/test/gateway"})
    void everyObjectIsOneThatKubernetesKnows(String folder) {
        Rendered rendered = Rendered.of(folder);
        assertThat(rendered.objects()).isNotEmpty().allSatisfy(ApiTypes::parse);
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        ObjectNode deployment =
                Rendered.of("overlays/dev").get("Deployment", "fanwire").deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("imagePulPolicy", "Always");
        assertThatThrownBy(() -> ApiTypes.parse(deployment)).hasMessageContaining("imagePulPolicy");
    }

    @Test
    void kedasObjectIsRendered() {
        // There is no type of KEDA's to hold it against; only what the rest depends on.
        Rendered rendered = Rendered.of("src/test/keda");
        assertThat(rendered.get("ScaledObject", "fanwire")
                        .at("/spec/scaleTargetRef/name")
                        .asText())
                .isEqualTo("fanwire");
        assertThat(rendered.all("HorizontalPodAutoscaler")).isEmpty();
    }
}
