package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every folder of manifests is under test, and none serves before it was filled in. */
class KustomizationTest {
    @Test
    void everyComponentIsInSomethingThatIsTested() {
        List<String> used = Manifests.kustomizations().stream()
                .flatMap(folder -> list(Manifests.kustomization(folder).path("components")).stream()
                        .map(component ->
                                Path.of(folder, component.asText()).normalize().toString()))
                .distinct()
                .toList();
        assertThat(used).containsExactlyInAnyOrderElementsOf(Manifests.components());
    }

    @Test
    void everyOverlayIsInAClusterThatIsTested() {
        List<String> tested = Cluster.all()
                .flatMap(cluster -> List.of(cluster.folder().split(" and ")).stream())
                .toList();
        // The base is in all of them.
        assertThat(Manifests.kustomizations())
                .filteredOn(folder -> !folder.equals("base"))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    /** Applied as it is nothing of it serves, rather than something that nobody meant. */
    @Test
    void prodPointsNowhereBeforeItWasFilledIn() {
        Rendered prod = Cluster.prod();
        assertThat(Cluster.container(prod).path("image").asText()).startsWith("registry.example.com/");
        assertThat(Cluster.environment(prod).get("FANWIRE_REDIS_URI")).contains("@redis.invalid:");
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
