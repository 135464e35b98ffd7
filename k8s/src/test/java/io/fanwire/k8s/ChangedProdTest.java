package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prod with other components than its own holds together, too. */
class ChangedProdTest {
    static Stream<Rendered> clusters() {
        return Stream.of(Changed.gateway(), Changed.keda());
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void isStillACluster(Rendered cluster) {
        assertThat(cluster.objects()).allSatisfy(ApiTypes::parse);
        new ClusterPolicyTest().everythingIsInItsNamespace(cluster);
        new NodePolicyTest().theSettingsAreOnesThatANodeTakes(cluster);
        ReferencePolicyTest references = new ReferencePolicyTest();
        references.whatAPodNamesIsThere(cluster);
        references.whatIsScaledIsThere(cluster);
        references.anIngressLeadsToAServicesPort(cluster);
        references.aRouteLeadsFromAGatewayToAServicesPort(cluster);
    }

    @Test
    void theHostReachesGatewayAndRoute() {
        Rendered cluster = Changed.gateway();
        assertThat(cluster.get("Gateway", Cluster.NODE)
                        .at("/spec/listeners/0/hostname")
                        .asText())
                .isEqualTo("chat.example.org");
        assertThat(cluster.get("HTTPRoute", Cluster.NODE)
                        .at("/spec/hostnames/0")
                        .asText())
                .isEqualTo("chat.example.org");
        assertThat(cluster.objects().toString()).doesNotContain("fanwire.example.com");
    }

    @Test
    void aGatewayMayReachTheClientPort() {
        assertThat(Changed.gateway()
                        .get("NetworkPolicy", Cluster.NODE)
                        .at("/spec/ingress/0")
                        .toString())
                .isEqualTo("{\"ports\":[{\"port\":\"client\",\"protocol\":\"TCP\"}]}");
    }

    @Test
    void kedaCountsTheClientsOfAnotherNamespace() {
        assertThat(Changed.keda()
                        .get("ScaledObject", Cluster.NODE)
                        .at("/spec/triggers/0/metadata/query")
                        .asText())
                .isEqualTo("sum(fanwire_connections{namespace=\"chat\"})");
    }
}
