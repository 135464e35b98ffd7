package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every folder of manifests is under test, and none can be applied before it was filled in. */
class KustomizationTest {
    @Test
    void everyComponentIsInSomethingThatIsTested() {
        Manifests manifests = Manifests.FILLED_IN;
        List<String> used = manifests.kustomizations().stream()
                .flatMap(folder -> list(manifests.kustomization(folder).path("components")).stream()
                        .map(component ->
                                Path.of(folder, component.asText()).normalize().toString()))
                .distinct()
                .toList();
        assertThat(used).containsExactlyInAnyOrderElementsOf(manifests.components());
    }

    @Test
    void everyOverlayIsInAClusterThatIsTested() {
        List<String> tested = Cluster.all()
                .flatMap(cluster -> List.of(cluster.folder().split(" and ")).stream())
                .toList();
        // The base is in all of them.
        assertThat(Manifests.FILLED_IN.kustomizations())
                .filteredOn(folder -> !folder.equals("base"))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void prodIsNotRenderedBeforeItWasFilledIn() {
        assertThatThrownBy(() -> Rendered.of(Manifests.copy(), "overlays/prod"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(".env")
                .hasMessageContaining("no such file");
    }

    @Test
    void whatWasFilledInReachesTheObjects() {
        Rendered prod = Cluster.prod();
        assertThat(prod.find("ConfigMap", "site")).isEmpty();
        assertThat(prod.get("Ingress", Cluster.NODE).at("/spec/rules/0/host").asText())
                .isEqualTo("fanwire.example.com");
        assertThat(Cluster.environment(prod)).containsKey("FANWIRE_REDIS_URI");
    }
}
