package io.fanwire.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The manifests of this module, in a directory of their own: with the files that whoever applies them has to write, and
 * without those of a machine's own.
 *
 * @param root stands for {@code k8s}
 */
record Manifests(Path root) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path HERE = Path.of("");
    private static final String EXAMPLE = ".example";
    private static final String KUSTOMIZATION = "kustomization.yaml";

    /** One for all tests: nobody changes it. */
    static final Manifests FILLED_IN = copy().fillIn();

    /** As they are in git: without the files to fill in. */
    static Manifests copy() {
        try {
            Manifests copy = new Manifests(Files.createTempDirectory("manifests"));
            try (Stream<Path> files = Files.walk(HERE)) {
                for (Path file : files.filter(Manifests::isOurs).toList()) copy.take(file);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All folders that can be rendered, relative to the root, components apart. */
    List<String> kustomizations() {
        return ofKind("Kustomization");
    }

    List<String> components() {
        return ofKind("Component");
    }

    /** What a folder's kustomization.yaml says. */
    JsonNode kustomization(String folder) {
        try {
            return YAML.readTree(root.resolve(folder).resolve(KUSTOMIZATION).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> ofKind(String kind) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith(KUSTOMIZATION))
                    .map(file -> root.relativize(file.resolveSibling("")).toString())
                    .filter(folder ->
                            kustomization(folder).path("kind").asText().equals(kind))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifests fillIn() {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path example :
                    files.filter(file -> file.toString().endsWith(EXAMPLE)).toList()) {
                String name = example.toString();
                Files.copy(example, Path.of(name.substring(0, name.length() - EXAMPLE.length())));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Path file) throws IOException {
        Path to = root.resolve(file.toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
    }

    private static boolean isOurs(Path file) {
        String name = file.toString();
        boolean ownBesideExample = Files.exists(Path.of(name + EXAMPLE));
        return Files.isRegularFile(file)
                && !file.startsWith("target")
                && !file.startsWith(Path.of("src", "test", "java"))
                && !ownBesideExample;
    }
}
