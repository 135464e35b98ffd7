package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanwire.node.NodeConfig;
import io.fanwire.node.backplane.redis.RedisConfig;
import io.fanwire.node.drain.DrainConfig;
import io.fanwire.node.session.HeartbeatConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the objects of a cluster have to be to what a node is and does. */
class NodePolicyTest {
    /** What a node takes beyond its drain, at most: see docs/operations.md, Stopping. */
    private static final Duration LAST_WATCH = Duration.ofSeconds(5);

    /** Of a JVM, before it asks for Redis the first time: 4.4 s on half a core are in docs/operations.md. */
    private static final Duration SLOW_START = Duration.ofSeconds(5);

    static Stream<Rendered> clusters() {
        return Cluster.whole();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void theSettingsAreOnesThatANodeTakes(Rendered cluster) {
        NodeConfig config = Cluster.config(cluster);
        assertThat(config.redis()).isPresent();
        assertThat(config.socket().port()).isEqualTo(port(cluster, "client"));
        assertThat(config.admin().port()).isEqualTo(port(cluster, "admin"));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aNodeHasTimeToDrain(Rendered cluster) {
        DrainConfig drain = Cluster.config(cluster).drain();
        // Endpoints and signals come in any order: newcomers are still sent to it for a while.
        assertThat(drain.delay()).isPositive();
        assertThat(gracePeriod(cluster))
                .isGreaterThan(
                        drain.delay().plus(drain.duration()).plus(drain.grace()).plus(LAST_WATCH));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void probesAskWhatTheyMean(Rendered cluster) {
        JsonNode container = Cluster.container(cluster);
        // Only a restart helps against what /livez says; Redis away is none of that.
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/livez");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
        for (String probe : List.of("livenessProbe", "startupProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("admin");
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aNodeThatWaitsForRedisIsNotKilledByItsStartupProbe(Rendered cluster) {
        RedisConfig redis = Cluster.config(cluster).redis().orElseThrow();
        assertThat(redis.startTimeout()).isPositive();
        Duration connection = redis.connectTimeout().plus(redis.commandTimeout());
        // One after the other: three connections, or as many Sentinels.
        Duration lastAttempt = connection.multipliedBy(3);
        assertThat(SLOW_START.plus(redis.startTimeout()).plus(lastAttempt)).isLessThan(startupBudget(cluster));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aRollAndADrainedMachineGetOn(Rendered cluster) {
        JsonNode strategy = cluster.get("Deployment", Cluster.NODE).at("/spec/strategy/rollingUpdate");
        assertThat(strategy.path("maxUnavailable").asInt(-1)).isZero();
        assertThat(strategy.path("maxSurge").asInt()).isPositive();
        JsonNode budget = cluster.get("PodDisruptionBudget", Cluster.NODE).path("spec");
        // By what may be away rather than by what must be there, which an autoscaler could make equal to what is there.
        assertThat(budget.has("minAvailable")).isFalse();
        assertThat(budget.path("maxUnavailable").asInt()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aNodeHasAsManyLanesAsItAsksForCores(Rendered cluster) {
        String cpu = Cluster.container(cluster).at("/resources/requests/cpu").asText();
        Map<String, String> environment = Cluster.environment(cluster);
        String cores = wholeCores(cpu).toPlainString();
        assertThat(environment).containsEntry("FANWIRE_LANES", cores);
        assertThat(environment.get("JDK_JAVA_OPTIONS")).isEqualTo("-XX:ActiveProcessorCount=" + cores);
        // The kernel would stop all lanes of a node together.
        assertThat(Cluster.container(cluster).at("/resources/limits/cpu").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aNodeRefusesClientsBeforeItsMemoryIsFull(Rendered cluster) {
        // docs/performance.md: an idle connection takes 10.1 KB of resident memory at most, of which the heap's half of
        // the
        // container is the smaller part.
        long bytes = Long.parseLong(Cluster.environment(cluster).get("FANWIRE_LIMITS_CONNECTIONS")) * 10_100;
        assertThat(bytes).isPositive().isLessThan(memory(cluster) / 2);
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void changedSettingsRollThePods(Rendered cluster) {
        List<String> sources = Stream.of("configMapRef", "secretRef", "configMapKeyRef", "secretKeyRef")
                .flatMap(reference -> Cluster.container(cluster).findValues(reference).stream())
                .map(reference -> reference.path("name").asText())
                .toList();
        assertThat(sources).isNotEmpty().allSatisfy(name -> assertThat(name).matches("fanwire.*-[a-z0-9]{10}"));
    }

    /** It would be alone, and ready. */
    @Test
    void prodStartsNoNodeWithoutItsRedis() {
        expectRedisByKey(Cluster.prod());
    }

    static void expectRedisByKey(Rendered cluster) {
        assertThat(list(Cluster.container(cluster).path("env")))
                .filteredOn(variable -> variable.path("name").asText().equals("FANWIRE_REDIS_URI"))
                .singleElement()
                .satisfies(variable -> {
                    assertThat(variable.has("value")).isFalse();
                    JsonNode key = variable.at("/valueFrom/secretKeyRef");
                    assertThat(key.path("key").asText()).isEqualTo("FANWIRE_REDIS_URI");
                    assertThat(key.path("optional").asBoolean()).isFalse();
                    // Looked up in the Secret of that name.
                    assertThat(Cluster.environment(cluster).get("FANWIRE_REDIS_URI"))
                            .startsWith("rediss://");
                });
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void onlyTheAdminPortIsForFew(Rendered cluster) {
        JsonNode policy = cluster.get("NetworkPolicy", Cluster.NODE).path("spec");
        assertThat(policy.path("policyTypes").toString()).contains("Ingress", "Egress");
        assertThat(list(policy.path("ingress")))
                .filteredOn(rule -> rule.path("ports").toString().contains("admin"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.path("from")).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aNodeReachesItsRedis(Rendered cluster) {
        int port = URI.create(Cluster.environment(cluster).get("FANWIRE_REDIS_URI"))
                .getPort();
        assertThat(list(cluster.get("NetworkPolicy", Cluster.NODE).at("/spec/egress")))
                .anySatisfy(rule -> assertThat(rule.at("/ports/0/port").asInt()).isEqualTo(port));
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void clientsThatAreHandedOffMayComeToAnotherNode(Rendered cluster) {
        assertThat(cluster.get("Service", Cluster.NODE)
                        .at("/spec/sessionAffinity")
                        .asText("None"))
                .isEqualTo("None");
        assertThat(cluster.all("Ingress").toList().toString()).doesNotContain("affinity", "upstream-hash-by");
        assertThat(Cluster.environment(cluster).get("FANWIRE_REBALANCE_PACE_PERCENT"))
                .isNotEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void anIngressOutlastsTheHeartbeats(Rendered cluster) {
        HeartbeatConfig heartbeat = Cluster.config(cluster).session().heartbeat();
        cluster.all("Ingress")
                .map(ingress -> ingress.at("/metadata/annotations"))
                .forEach(annotations -> {
                    for (String way : List.of("read", "send")) {
                        String key = "nginx.ingress.kubernetes.io/proxy-" + way + "-timeout";
                        assertThat(Duration.ofSeconds(annotations.path(key).asInt()))
                                .isGreaterThan(heartbeat.maxInterval().plus(heartbeat.maxTimeout()));
                    }
                });
    }

    private static Duration gracePeriod(Rendered cluster) {
        return Duration.ofSeconds(
                Cluster.pod(cluster).path("terminationGracePeriodSeconds").asInt());
    }

    /** How long a container may take to its first good answer. */
    private static Duration startupBudget(Rendered cluster) {
        JsonNode probe = Cluster.container(cluster).path("startupProbe");
        return Duration.ofSeconds(probe.path("periodSeconds").asLong()
                * probe.path("failureThreshold").asLong());
    }

    private static int port(Rendered cluster, String name) {
        return list(Cluster.container(cluster).path("ports")).stream()
                .filter(port -> port.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private static BigDecimal wholeCores(String cpu) {
        BigDecimal cores = cpu.endsWith("m")
                ? new BigDecimal(cpu.substring(0, cpu.length() - 1)).movePointLeft(3)
                : new BigDecimal(cpu);
        return cores.setScale(0, RoundingMode.CEILING);
    }

    private static long memory(Rendered cluster) {
        String limit = Cluster.container(cluster).at("/resources/limits/memory").asText();
        long number = Long.parseLong(limit.substring(0, limit.length() - 2));
        return limit.endsWith("Gi") ? number << 30 : number << 20;
    }
}
