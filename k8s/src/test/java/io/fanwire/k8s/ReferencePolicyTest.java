package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an object names is there, by that name. */
class ReferencePolicyTest {
    // What whoever applies the manifests brings: docs/deploy.md.
    private static final Set<String> BROUGHT_SECRETS = Set.of("fanwire-tls");

    static Stream<Rendered> clusters() {
        return Cluster.all();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void whatAPodNamesIsThere(Rendered cluster) {
        cluster.workloads().forEach(workload -> {
            JsonNode pod = workload.at("/spec/template/spec");
            expect(cluster, "ServiceAccount", pod.path("serviceAccountName"));
            expect(cluster, "PriorityClass", pod.path("priorityClassName"));
            Stream.concat(list(pod.path("containers")).stream(), list(pod.path("volumes")).stream())
                    .forEach(part -> expectAll(cluster, part));
        });
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void whatIsScaledIsThere(Rendered cluster) {
        cluster.all("HorizontalPodAutoscaler").forEach(scaler -> {
            JsonNode target = scaler.at("/spec/scaleTargetRef");
            JsonNode found = cluster.get(
                    target.path("kind").asText(), target.path("name").asText());
            assertThat(found.path("apiVersion")).isEqualTo(target.path("apiVersion"));
        });
        // KEDA's default is a Deployment.
        cluster.all("ScaledObject")
                .forEach(scaler -> expect(cluster, "Deployment", scaler.at("/spec/scaleTargetRef/name")));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void anIngressLeadsToAServicesPort(Rendered cluster) {
        cluster.all("Ingress").forEach(ingress -> {
            ingress.findValues("backend").forEach(backend -> {
                JsonNode service = backend.path("service");
                expectPort(cluster, service.path("name"), service.at("/port/name"), "name");
            });
            list(ingress.at("/spec/tls"))
                    .forEach(tls -> assertThat(BROUGHT_SECRETS)
                            .contains(tls.path("secretName").asText()));
            // A host without a certificate would get the controller's own.
            assertThat(ingress.at("/spec/tls/0/hosts/0")).isEqualTo(ingress.at("/spec/rules/0/host"));
        });
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aRouteLeadsFromAGatewayToAServicesPort(Rendered cluster) {
        cluster.all("HTTPRoute").forEach(route -> {
            expect(cluster, "Gateway", route.at("/spec/parentRefs/0/name"));
            assertThat(route.at("/spec/hostnames/0"))
                    .isEqualTo(cluster.get("Gateway", Cluster.NODE).at("/spec/listeners/0/hostname"));
            JsonNode backend = route.at("/spec/rules/0/backendRefs/0");
            expectPort(cluster, backend.path("name"), backend.path("port"), "port");
        });
    }

    private static void expectPort(Rendered cluster, JsonNode service, JsonNode port, String by) {
        assertThat(list(cluster.get("Service", service.asText()).at("/spec/ports")))
                .anySatisfy(each -> assertThat(each.path(by)).isEqualTo(port));
    }

    /** Of all references in a container or a volume. */
    private static void expectAll(Rendered cluster, JsonNode part) {
        for (String key : List.of("configMapRef", "configMapKeyRef")) expectAll(cluster, "ConfigMap", part, key);
        for (String key : List.of("secretRef", "secretKeyRef")) expectAll(cluster, "Secret", part, key);
        expect(cluster, "ConfigMap", part.at("/configMap/name"));
        expect(cluster, "Secret", part.at("/secret/secretName"));
        expect(cluster, "PersistentVolumeClaim", part.at("/persistentVolumeClaim/claimName"));
    }

    private static void expectAll(Rendered cluster, String kind, JsonNode part, String key) {
        part.findValues(key).forEach(reference -> expect(cluster, kind, reference.path("name")));
    }

    private static void expect(Rendered cluster, String kind, JsonNode name) {
        if (name.isMissingNode()) return;
        assertThat(cluster.find(kind, name.asText()).map(Json::title)).contains(kind + " " + name.asText());
    }
}
