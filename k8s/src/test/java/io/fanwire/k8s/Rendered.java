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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code kubectl kustomize} makes of a folder: the objects that a cluster would get. */
record Rendered(String folder, List<JsonNode> objects) {
    private static final long PATIENCE_SECONDS = 60;
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final boolean HAS_KUBECTL = Stream.of(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));

    /** @param folder under {@code k8s} */
    static Rendered of(String folder) {
        // Where it is missing these tests are skipped, and counted so: a machine to build on need not know of clusters.
        assumeTrue(HAS_KUBECTL, "kubectl is not on the path");
        try {
            Path out = Files.createTempFile("rendered", ".yaml");
            Path errors = Files.createTempFile("rendered", ".txt");
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder)
                    .redirectOutput(out.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!kubectl.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) kubectl.destroyForcibly();
            if (kubectl.exitValue() != 0) throw new AssertionError(Files.readString(errors));
            return new Rendered(folder, read(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Stream<JsonNode> all(String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> find(String kind, String name) {
        return all(kind)
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .findFirst();
    }

    /** @throws AssertionError if there is none */
    JsonNode get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + folder));
    }

    /** Deployments and jobs: what has pods. */
    Stream<JsonNode> workloads() {
        return Stream.concat(all("Deployment"), all("Job"));
    }

    private static List<JsonNode> read(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll();
        }
    }
}
