package io.fanwire.k8s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code kubectl kustomize} makes of a folder: the objects that a cluster would get. */
public record Rendered(String folder, List<JsonNode> objects) {
    private static final long PATIENCE_SECONDS = 60;
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Map<String, Rendered> KNOWN = new ConcurrentHashMap<>();
    private static final boolean HAS_KUBECTL = Stream.of(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));

    /** @param folder under {@code k8s}; rendered once for all tests, so change a copy only */
    public static Rendered of(String folder) {
        requireKubectl();
        return KNOWN.computeIfAbsent(folder, Rendered::render);
    }

    /** What a cluster has when both are applied. */
    Rendered and(Rendered other) {
        return new Rendered(
                folder + " and " + other.folder,
                Stream.concat(objects.stream(), other.objects.stream()).toList());
    }

    /** One of one's own, to be changed. */
    Rendered copy() {
        return new Rendered(
                folder, objects.stream().map(JsonNode::<JsonNode>deepCopy).toList());
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> find(String kind, String name) {
        return all(kind).filter(each -> Json.name(each).equals(name)).findFirst();
    }

    /** @throws AssertionError if there is none */
    public JsonNode get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + folder));
    }

    /** Deployments and jobs: what has pods. */
    Stream<JsonNode> workloads() {
        return Stream.concat(all("Deployment"), all("Job"));
    }

    @Override
    public String toString() {
        return folder;
    }

    // Where it is missing these tests are skipped, and counted so: a machine to build on need not know of clusters.
    private static void requireKubectl() {
        assumeTrue(HAS_KUBECTL, "kubectl is not on the path");
    }

    private static Rendered render(String folder) {
        try {
            return new Rendered(folder, read(kustomize(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @throws AssertionError with what kubectl says, if it can't */
    private static Path kustomize(String folder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("rendered", ".yaml");
        Path errors = Files.createTempFile("rendered", ".txt");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!kubectl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) kubectl.destroyForcibly();
        if (kubectl.waitFor() != 0) throw new AssertionError(folder + ": " + Files.readString(errors));
        return out;
    }

    private static List<JsonNode> read(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll();
        }
    }
}
