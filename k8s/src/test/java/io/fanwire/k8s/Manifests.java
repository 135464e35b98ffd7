package io.fanwire.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of this module. */
final class Manifests {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path ROOT = Path.of("");
    private static final String KUSTOMIZATION = "kustomization.yaml";

    private Manifests() {}

    /** All folders that can be rendered, components apart. */
    static List<String> kustomizations() {
        return ofKind("Kustomization");
    }

    static List<String> components() {
        return ofKind("Component");
    }

    /** What a folder's kustomization.yaml says. */
    static JsonNode kustomization(String folder) {
        try {
            return YAML.readTree(ROOT.resolve(folder).resolve(KUSTOMIZATION).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ofKind(String kind) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith(KUSTOMIZATION) && !file.startsWith("target"))
                    .map(file -> file.resolveSibling("").toString())
                    .filter(folder ->
                            kustomization(folder).path("kind").asText().equals(kind))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
