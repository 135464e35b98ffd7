package io.fanwire.k8s.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanwire.k8s.Rendered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A pod as an overlay describes it, and what Docker has to be told to hold a container in the same way.
 *
 * @param environment what the container gets, and what a test adds to it
 */
record PodSpec(JsonNode pod, Map<String, String> environment, List<String> more) {
    private static final int USUAL_GRACE_SECONDS = 30;

    PodSpec {
        environment = Map.copyOf(environment);
        more = List.copyOf(more);
    }

    /** The node's of an overlay, such as {@code dev}. */
    static PodSpec of(String overlay) {
        return of(Rendered.of("overlays/" + overlay), "Deployment", "fanwire").with("FANWIRE_NODE_ID", "fanwire-0");
    }

    /** That of a workload: of a Deployment or a Job. */
    static PodSpec of(Rendered cluster, String kind, String name) {
        JsonNode pod = cluster.get(kind, name).at("/spec/template/spec");
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode source : pod.at("/containers/0/envFrom")) {
            if (source.has("configMapRef"))
                cluster.get("ConfigMap", source.findValue("name").asText())
                        .path("data")
                        .properties()
                        .forEach(each ->
                                environment.put(each.getKey(), each.getValue().asText()));
        }
        return new PodSpec(pod, environment, List.of());
    }

    PodSpec with(String variable, String value) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put(variable, value);
        return new PodSpec(pod, changed, more);
    }

    PodSpec without(String variable) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.remove(variable);
        return new PodSpec(pod, changed, more);
    }

    /** With more options of {@code docker run}; the last one of a kind counts. */
    PodSpec with(List<String> options) {
        List<String> all = new ArrayList<>(more);
        all.addAll(options);
        return new PodSpec(pod, environment, all);
    }

    /** With names by which others in its network find it, as Services give them. */
    PodSpec knownAs(String... names) {
        return with(Stream.of(names)
                .flatMap(name -> Stream.of("--network-alias", name))
                .toList());
    }

    /** With a root file system that is all there is. */
    PodSpec withoutVolumes() {
        ObjectNode bare = pod.deepCopy();
        ((ObjectNode) bare.at("/containers/0")).remove("volumeMounts");
        return new PodSpec(bare, environment, more);
    }

    /** How long it is given from SIGTERM to its end. */
    Duration grace() {
        return Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt(USUAL_GRACE_SECONDS));
    }

    /** What the container may have, in bytes. */
    long memory() {
        String limit = container().at("/resources/limits/memory").asText();
        if (!limit.matches("\\d+[MG]i")) throw new AssertionError("a memory limit of another kind: " + limit);
        return Long.parseLong(limit.replaceAll("\\D", "")) << (limit.endsWith("Gi") ? 30 : 20);
    }

    /** The options of {@code docker run}. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        options.addAll(security());
        options.addAll(List.of("--memory", Long.toString(memory()), "--memory-swap", Long.toString(memory())));
        options.addAll(List.of("--stop-timeout", Long.toString(grace().toSeconds())));
        // Kubernetes asks by its own probes.
        options.add("--no-healthcheck");
        for (JsonNode each : pod.at("/securityContext/sysctls"))
            options.addAll(List.of(
                    "--sysctl",
                    each.path("name").asText() + "=" + each.path("value").asText()));
        for (JsonNode mount : container().path("volumeMounts")) options.addAll(List.of("--tmpfs", tmpfs(mount)));
        environment.forEach((name, value) -> options.addAll(List.of("--env", name + "=" + value)));
        words("command").limit(1).forEach(program -> options.addAll(List.of("--entrypoint", program)));
        options.addAll(more);
        return options;
    }

    /** What follows the image: all but the program, which is an option. Nothing where the image's own is meant. */
    List<String> command() {
        return Stream.concat(words("command").skip(1), words("args")).toList();
    }

    private Stream<String> words(String field) {
        return StreamSupport.stream(container().path(field).spliterator(), false)
                .map(JsonNode::asText);
    }

    private List<String> security() {
        JsonNode own = container().path("securityContext");
        List<String> options = new ArrayList<>(List.of("--user", runAs("User") + ":" + runAs("Group")));
        if (own.path("readOnlyRootFilesystem").asBoolean()) options.add("--read-only");
        if (!own.path("allowPrivilegeEscalation").asBoolean(true))
            options.addAll(List.of("--security-opt", "no-new-privileges"));
        for (JsonNode capability : own.at("/capabilities/drop"))
            options.addAll(List.of("--cap-drop", capability.asText()));
        return options;
    }

    // An emptyDir is everybody's. Not so a tmpfs of Docker's, which may have the mode of the folder that it covers
    // instead
    // of the one said here: it belongs to the pod's user, who can write to it in any case.
    private String tmpfs(JsonNode mount) {
        return mount.path("mountPath").asText() + ":exec,mode=1777,uid=" + runAs("User") + ",gid=" + runAs("Group")
                + ",size=" + size(mount);
    }

    private String runAs(String what) {
        return pod.path("securityContext").path("runAs" + what).asText();
    }

    private String size(JsonNode mount) {
        for (JsonNode volume : pod.path("volumes"))
            if (volume.path("name").equals(mount.path("name")))
                return volume.at("/emptyDir/sizeLimit").asText().replace("Mi", "m");
        throw new AssertionError("no volume for " + mount);
    }

    private JsonNode container() {
        return pod.at("/containers/0");
    }
}
