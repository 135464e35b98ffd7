package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod has to keep to, as in Kubernetes' Pod Security Standard "restricted", and some more. */
class PodPolicyTest {
    // https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster: those that need no leave of the cluster's.
    private static final Set<String> SAFE_SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");

    static Stream<JsonNode> workloads() {
        return Cluster.all().flatMap(Rendered::workloads);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void nothingRunsAsRoot(JsonNode workload) {
        JsonNode security = pod(workload).path("securityContext");
        assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
        // A number, since a name in the image can't be seen to be nobody's but root's.
        assertThat(security.path("runAsUser").asInt()).isPositive();
        assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void noContainerCanGainOrWriteAnything(JsonNode workload) {
        assertThat(containers(workload)).isNotEmpty().allSatisfy(container -> {
            JsonNode security = container.path("securityContext");
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.path("privileged").asBoolean(false)).isFalse();
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(security.at("/capabilities/add").isMissingNode()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void nothingCanAskKubernetes(JsonNode workload) {
        assertThat(pod(workload).path("automountServiceAccountToken").asBoolean(true))
                .isFalse();
        assertThat(pod(workload).path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void memoryIsReservedAndBounded(JsonNode workload) {
        assertThat(containers(workload)).allSatisfy(container -> {
            JsonNode resources = container.path("resources");
            assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
            assertThat(resources.at("/limits/memory").asText())
                    .isNotEmpty()
                    .isEqualTo(resources.at("/requests/memory").asText());
            assertThat(resources.at("/limits/ephemeral-storage").asText()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void noSysctlNeedsTheClustersLeave(JsonNode workload) {
        assertThat(list(pod(workload).at("/securityContext/sysctls")))
                .allSatisfy(each ->
                        assertThat(SAFE_SYSCTLS).contains(each.path("name").asText()));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whatServesIsProbed(JsonNode workload) {
        if (workload.path("kind").asText().equals("Job")) return; // it ends by itself
        assertThat(containers(workload)).allSatisfy(container -> {
            assertThat(container.has("readinessProbe")).isTrue();
            assertThat(container.has("livenessProbe")).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whatIsMountedIsThere(JsonNode workload) {
        List<String> volumes = list(pod(workload).path("volumes")).stream()
                .map(volume -> volume.path("name").asText())
                .toList();
        assertThat(containers(workload).stream().flatMap(each -> list(each.path("volumeMounts")).stream()))
                .allSatisfy(
                        mount -> assertThat(volumes).contains(mount.path("name").asText()));
    }

    private static JsonNode pod(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    private static List<JsonNode> containers(JsonNode workload) {
        return list(pod(workload).path("containers"));
    }
}
