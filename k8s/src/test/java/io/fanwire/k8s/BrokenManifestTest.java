package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanwire.node.InvalidConfigException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each policy finds what it is for: a manifest that was right is broken in one place, and its test has to fail. */
class BrokenManifestTest {
    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";
    private static final String REDIS_KEY = CONTAINER + "/env/1/valueFrom/secretKeyRef";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param value in JSON; null takes the field away */
    record Break(String object, String where, @Nullable String value, Consumer<Rendered> policy) {
        @Override
        public String toString() {
            return object + " " + where + ": " + value;
        }
    }

    @ParameterizedTest
    @MethodSource({"pods", "nodes", "references", "selectors", "clusters"})
    void isFound(Break each) {
        Rendered broken = Cluster.prod().copy();
        each.policy().accept(broken);
        apply(each, broken);
        assertThatThrownBy(() -> each.policy().accept(broken))
                .isInstanceOfAny(AssertionError.class, InvalidConfigException.class);
    }

    static List<Break> pods() {
        PodPolicyTest policy = new PodPolicyTest();
        return List.of(
                pod("/securityContext/runAsNonRoot", "false", policy::nothingRunsAsRoot),
                pod("/securityContext/runAsUser", "0", policy::nothingRunsAsRoot),
                pod("/securityContext/seccompProfile/type", "\"Unconfined\"", policy::nothingRunsAsRoot),
                pod(
                        "/containers/0/securityContext/readOnlyRootFilesystem",
                        "false",
                        policy::noContainerCanGainOrWriteAnything),
                pod(
                        "/containers/0/securityContext/allowPrivilegeEscalation",
                        null,
                        policy::noContainerCanGainOrWriteAnything),
                pod(
                        "/containers/0/securityContext/capabilities/add",
                        "[\"NET_ADMIN\"]",
                        policy::noContainerCanGainOrWriteAnything),
                pod("/automountServiceAccountToken", null, policy::nothingCanAskKubernetes),
                pod("/enableServiceLinks", null, policy::nothingCanAskKubernetes),
                pod("/containers/0/resources/limits/memory", null, policy::memoryIsReservedAndBounded),
                pod("/containers/0/resources/limits/memory", "\"3Gi\"", policy::memoryIsReservedAndBounded),
                pod(
                        "/securityContext/sysctls",
                        "[{\"name\":\"net.core.somaxconn\",\"value\":\"9\"}]",
                        policy::noSysctlNeedsTheClustersLeave),
                pod("/containers/0/readinessProbe", null, policy::whatServesIsProbed),
                pod("/volumes", "[]", policy::whatIsMountedIsThere));
    }

    static List<Break> nodes() {
        NodePolicyTest policy = new NodePolicyTest();
        return List.of(
                node(CONTAINER + "/ports/0/containerPort", "8081", policy::theSettingsAreOnesThatANodeTakes),
                node(REDIS_KEY + "/key", "\"REDIS_URI\"", policy::theSettingsAreOnesThatANodeTakes),
                node(REDIS_KEY + "/name", "\"fanwire-redis\"", policy::changedSettingsRollThePods),
                node(CONTAINER + "/envFrom/0/configMapRef/name", "\"fanwire\"", policy::changedSettingsRollThePods),
                node(REDIS_KEY + "/optional", "true", NodePolicyTest::expectRedisByKey),
                node(CONTAINER + "/env/1/name", "\"REDIS_URI\"", NodePolicyTest::expectRedisByKey),
                node(CONTAINER + "/env/1/value", "\"redis://elsewhere\"", NodePolicyTest::expectRedisByKey),
                setting("FANWIRE_DRAIN_DURATON", "\"60s\"", policy::theSettingsAreOnesThatANodeTakes),
                setting("FANWIRE_DRAIN_DURATION", "\"80s\"", policy::aNodeHasTimeToDrain),
                setting("FANWIRE_DRAIN_DELAY", "\"0s\"", policy::aNodeHasTimeToDrain),
                node(POD + "/terminationGracePeriodSeconds", "75", policy::aNodeHasTimeToDrain),
                setting(
                        "FANWIRE_REDIS_START_TIMEOUT",
                        "\"0s\"",
                        policy::aNodeThatWaitsForRedisIsNotKilledByItsStartupProbe),
                setting(
                        "FANWIRE_REDIS_START_TIMEOUT",
                        "\"50s\"",
                        policy::aNodeThatWaitsForRedisIsNotKilledByItsStartupProbe),
                node(
                        CONTAINER + "/startupProbe/failureThreshold",
                        "30",
                        policy::aNodeThatWaitsForRedisIsNotKilledByItsStartupProbe),
                node(CONTAINER + "/livenessProbe/httpGet/path", "\"/readyz\"", policy::probesAskWhatTheyMean),
                node(CONTAINER + "/readinessProbe/httpGet/port", "\"client\"", policy::probesAskWhatTheyMean),
                node("/spec/strategy/rollingUpdate/maxUnavailable", "1", policy::aRollAndADrainedMachineGetOn),
                of("PodDisruptionBudget fanwire", "/spec/maxUnavailable", "0", policy::aRollAndADrainedMachineGetOn),
                of("PodDisruptionBudget fanwire", "/spec/minAvailable", "3", policy::aRollAndADrainedMachineGetOn),
                node(CONTAINER + "/resources/requests/cpu", "\"2100m\"", policy::aNodeHasAsManyLanesAsItAsksForCores),
                node(CONTAINER + "/resources/limits/cpu", "\"2\"", policy::aNodeHasAsManyLanesAsItAsksForCores),
                setting("FANWIRE_LANES", "\"4\"", policy::aNodeHasAsManyLanesAsItAsksForCores),
                setting("JDK_JAVA_OPTIONS", "\"-Xmx1g\"", policy::aNodeHasAsManyLanesAsItAsksForCores),
                setting("FANWIRE_LIMITS_CONNECTIONS", "\"0\"", policy::aNodeRefusesClientsBeforeItsMemoryIsFull),
                setting("FANWIRE_LIMITS_CONNECTIONS", "\"500000\"", policy::aNodeRefusesClientsBeforeItsMemoryIsFull),
                setting("FANWIRE_REBALANCE_PACE_PERCENT", "\"0\"", policy::clientsThatAreHandedOffMayComeToAnotherNode),
                of(
                        "Service fanwire",
                        "/spec/sessionAffinity",
                        "\"ClientIP\"",
                        policy::clientsThatAreHandedOffMayComeToAnotherNode),
                of(
                        "Ingress fanwire",
                        "/metadata/annotations/nginx.ingress.kubernetes.io~1affinity",
                        "\"cookie\"",
                        policy::clientsThatAreHandedOffMayComeToAnotherNode),
                of(
                        "Ingress fanwire",
                        "/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-read-timeout",
                        "\"60\"",
                        policy::anIngressOutlastsTheHeartbeats),
                of("NetworkPolicy fanwire", "/spec/ingress/1/from", null, policy::onlyTheAdminPortIsForFew),
                of("NetworkPolicy fanwire", "/spec/policyTypes", "[\"Ingress\"]", policy::onlyTheAdminPortIsForFew),
                of("NetworkPolicy fanwire", "/spec/egress/1/ports/0/port", "6380", policy::aNodeReachesItsRedis));
    }

    static List<Break> references() {
        ReferencePolicyTest policy = new ReferencePolicyTest();
        return List.of(
                node(CONTAINER + "/envFrom/0/configMapRef/name", "\"fanwire\"", policy::whatAPodNamesIsThere),
                node(CONTAINER + "/envFrom/1/secretRef/name", "\"fanwire-reds\"", policy::whatAPodNamesIsThere),
                node(POD + "/serviceAccountName", "\"fanwires\"", policy::whatAPodNamesIsThere),
                node(POD + "/priorityClassName", "\"high\"", policy::whatAPodNamesIsThere),
                of(
                        "Job fanwire-load",
                        CONTAINER + "/envFrom/0/configMapRef/name",
                        "\"load\"",
                        policy::whatAPodNamesIsThere),
                of(
                        "Job fanwire-load",
                        POD + "/volumes/0/persistentVolumeClaim",
                        "{\"claimName\":\"results\"}",
                        policy::whatAPodNamesIsThere),
                of(
                        "HorizontalPodAutoscaler fanwire",
                        "/spec/scaleTargetRef/name",
                        "\"node\"",
                        policy::whatIsScaledIsThere),
                of(
                        "HorizontalPodAutoscaler fanwire",
                        "/spec/scaleTargetRef/kind",
                        "\"StatefulSet\"",
                        policy::whatIsScaledIsThere),
                of(
                        "Ingress fanwire",
                        "/spec/rules/0/http/paths/0/backend/service/port/name",
                        "\"http\"",
                        policy::anIngressLeadsToAServicesPort),
                of(
                        "Ingress fanwire",
                        "/spec/tls/0/hosts/0",
                        "\"other.example.com\"",
                        policy::anIngressLeadsToAServicesPort),
                of("Service fanwire", "/metadata/name", "\"node\"", policy::anIngressLeadsToAServicesPort));
    }

    static List<Break> selectors() {
        SelectorPolicyTest policy = new SelectorPolicyTest();
        String component = "app.kubernetes.io~1component";
        return List.of(
                of(
                        "Service fanwire",
                        "/spec/selector/" + component,
                        "\"nodes\"",
                        policy::aServiceLeadsToOneKindOfPodAndAPortOfIt),
                of(
                        "Service fanwire",
                        "/spec/selector",
                        "{\"app.kubernetes.io/part-of\":\"fanwire\"}",
                        policy::aServiceLeadsToOneKindOfPodAndAPortOfIt),
                of(
                        "Service fanwire",
                        "/spec/ports/0/targetPort",
                        "\"http\"",
                        policy::aServiceLeadsToOneKindOfPodAndAPortOfIt),
                of(
                        "PodDisruptionBudget fanwire",
                        "/spec/selector/matchLabels/" + component,
                        "\"x\"",
                        policy::aDisruptionBudgetIsForOneKindOfPod),
                of(
                        "PodMonitor fanwire",
                        "/spec/podMetricsEndpoints/0/port",
                        "\"metrics\"",
                        policy::aPodMonitorReadsAPortThatIsThere),
                node("/spec/selector/matchLabels/" + component, "\"x\"", policy::aDeploymentsPodsAreItsOwn),
                node(
                        POD + "/topologySpreadConstraints/0/labelSelector/matchLabels/" + component,
                        "\"x\"",
                        policy::aDeploymentsPodsAreItsOwn),
                of(
                        "NetworkPolicy fanwire",
                        "/spec/podSelector/matchLabels/" + component,
                        "\"x\"",
                        policy::whatLetsPodsThroughNamesPodsAndPortsThatAreThere),
                of(
                        "NetworkPolicy fanwire",
                        "/spec/ingress/0/ports",
                        "[]",
                        policy::whatLetsPodsThroughNamesPodsAndPortsThatAreThere),
                of(
                        "NetworkPolicy fanwire-load",
                        "/spec/egress/1/ports/0/port",
                        "\"ws\"",
                        policy::whatLetsPodsThroughNamesPodsAndPortsThatAreThere));
    }

    static List<Break> clusters() {
        ClusterPolicyTest policy = new ClusterPolicyTest();
        return List.of(
                of("Service fanwire", "/metadata/namespace", "\"default\"", policy::everythingIsInItsNamespace),
                of(
                        "Namespace fanwire",
                        "/metadata/labels/pod-security.kubernetes.io~1enforce",
                        "\"baseline\"",
                        policy::theNamespaceTakesOnlyRestrictedPods),
                of("PodMonitor fanwire", "/metadata/labels", null, policy::everythingSaysWhatItIsPartOf),
                of("Service fanwire-load", "/metadata/name", "\"fanwire\"", policy::nothingIsThereTwice),
                of(
                        "NetworkPolicy fanwire-load",
                        "/spec/policyTypes",
                        "[\"Ingress\"]",
                        policy::everyPodIsBehindAPolicyForBothWays),
                setting("FANWIRE_REDIS_URI", "\"redis://:secret@redis:6379\"", policy::noSecretIsAConfigMap),
                node(CONTAINER + "/image", "\"fanwire-node\"", ClusterPolicyTest::expectVersions),
                node(CONTAINER + "/image", "\"host:5000/fanwire-node\"", ClusterPolicyTest::expectVersions),
                node(CONTAINER + "/image", "\"fanwire-node:latest\"", ClusterPolicyTest::expectVersions));
    }

    private static Break of(String object, String where, @Nullable String value, Consumer<Rendered> policy) {
        return new Break(object, where, value, policy);
    }

    private static Break node(String where, @Nullable String value, Consumer<Rendered> policy) {
        return of("Deployment fanwire", where, value, policy);
    }

    private static Break pod(String where, @Nullable String value, Consumer<JsonNode> policy) {
        return node(POD + where, value, cluster -> policy.accept(cluster.get("Deployment", Cluster.NODE)));
    }

    private static Break setting(String name, String value, Consumer<Rendered> policy) {
        return of("ConfigMap fanwire-", "/data/" + name, value, policy);
    }

    private static void apply(Break each, Rendered cluster) {
        JsonPointer where = JsonPointer.compile(each.where());
        JsonNode parent = find(each, cluster).at(where.head());
        String last = where.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            array.set(where.last().getMatchingIndex(), value(each));
        } else if (each.value() == null) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, value(each));
        }
    }

    /** By its whole title; with a hash, by how it begins. */
    private static JsonNode find(Break each, Rendered cluster) {
        Stream<JsonNode> found = cluster.objects().stream()
                .filter(object -> each.object().endsWith("-")
                        ? Json.title(object).matches(each.object() + "[a-z0-9]{10}")
                        : Json.title(object).equals(each.object()));
        return found.findFirst().orElseThrow();
    }

    private static JsonNode value(Break each) {
        try {
            return JSON.readTree(each.value());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
