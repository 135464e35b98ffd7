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

    /** As a node's container gets it: what is not from a ConfigMap or a Secret has no meaning here but its name. */
    static Map<String, String> environment(Rendered cluster) {
        Map<String, String> environment = new TreeMap<>();
        list(container(cluster).path("env"))
                .forEach(each -> environment.put(each.path("name").asText(), "fanwire-0"));
        list(container(cluster).path("envFrom")).forEach(source -> environment.putAll(variables(cluster, source)));
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

    private static Map<String, String> variables(Rendered cluster, JsonNode source) {
        String name = source.findValue("name").asText();
        if (source.has("configMapRef")) {
            return Json.strings(cluster.get("ConfigMap", name).path("data"));
        }
        Map<String, String> secret = Json.strings(cluster.get("Secret", name).path("data"));
        secret.replaceAll((key, value) -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        return secret;
    }
}
