package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanwire.node.NodeConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The clusters that somebody may have, and what is looked up in them. */
final class Cluster {
    static final String NODE = "fanwire";
    private static final String POD_NAME = "fanwire-0";

    private Cluster() {}

    /** Those that can be applied, each with its load job. */
    static Stream<Rendered> whole() {
        return Stream.of(dev(), prod());
    }

    /** Also those that show one component each. */
    static Stream<Rendered> all() {
        return Stream.concat(
                whole(),
                Manifests.kustomizations().stream()
                        .filter(folder -> folder.startsWith("src"))
                        .map(Rendered::of));
    }

    static Rendered dev() {
        return Rendered.of("overlays/dev").and(Rendered.of("overlays/dev-loadtest"));
    }

    static Rendered prod() {
        return Rendered.of("overlays/prod").and(Rendered.of("loadtest"));
    }

    /** Of a node. */
    static JsonNode pod(Rendered cluster) {
        return cluster.get("Deployment", NODE).at("/spec/template/spec");
    }

    /** Of a node. */
    static JsonNode container(Rendered cluster) {
        return pod(cluster).at("/containers/0");
    }

    /** As a node reads them. */
    static NodeConfig config(Rendered cluster) {
        return NodeConfig.from(environment(cluster));
    }

    /**
     * As a node's container gets it.
     *
     * @throws AssertionError for a ConfigMap, a Secret or a key that is not there
     */
    static Map<String, String> environment(Rendered cluster) {
        Map<String, String> environment = new TreeMap<>();
        list(container(cluster).path("envFrom")).forEach(source -> environment.putAll(data(cluster, source, "Ref")));
        // Kubernetes, too, takes these last: they win.
        list(container(cluster).path("env"))
                .forEach(each -> environment.put(each.path("name").asText(), value(cluster, each)));
        return environment;
    }

    /** The workloads whose pods have these labels. */
    static List<JsonNode> selected(Rendered cluster, JsonNode labels) {
        return cluster.workloads()
                .filter(workload -> has(workload.at("/spec/template/metadata/labels"), labels))
                .toList();
    }

    static boolean has(JsonNode all, JsonNode wanted) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(label -> all.path(label.getKey()).equals(label.getValue()));
    }

    private static String value(Rendered cluster, JsonNode variable) {
        if (variable.has("value")) return variable.path("value").asText();
        JsonNode from = variable.path("valueFrom");
        // What only a running pod has: for all that these tests ask, its name.
        if (from.has("fieldRef")) return POD_NAME;
        String key = from.findPath("key").asText();
        String value = data(cluster, from, "KeyRef").get(key);
        if (value == null) throw new AssertionError("no key " + key + " for " + variable);
        return value;
    }

    /** Of the ConfigMap or Secret that is named, by its {@code configMapRef} or {@code secretKeyRef} for example. */
    private static Map<String, String> data(Rendered cluster, JsonNode source, String reference) {
        JsonNode map = source.path("configMap" + reference);
        if (!map.isMissingNode())
            return Json.strings(
                    cluster.get("ConfigMap", map.path("name").asText()).path("data"));
        String name = source.path("secret" + reference).path("name").asText();
        Map<String, String> secret = Json.strings(cluster.get("Secret", name).path("data"));
        secret.replaceAll((key, value) -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        return secret;
    }
}
