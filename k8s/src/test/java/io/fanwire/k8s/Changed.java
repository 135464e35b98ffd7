package io.fanwire.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Prod as somebody changes it who chooses other components: a copy of the manifests, with lines of them replaced.
 *
 * @param root of the copy
 */
record Changed(Path root) {
    private static final String PROD = "overlays/prod";

    /** With the Gateway API in front, as the comments of prod and of the component say; and with another host. */
    static Rendered gateway() {
        return copy("gateway")
                .replace("kustomization.yaml", "  - ../../components/ingress-nginx\n", "  - ../../components/gateway\n")
                .replace("kustomization.yaml", "  - ../../components/ingress-auth\n", "")
                .replace("site.env", "HOST=fanwire.example.com", "HOST=chat.example.org")
                .rendered();
    }

    /** Scaled by KEDA, in another namespace. */
    static Rendered keda() {
        return copy("keda")
                .replace("kustomization.yaml", "  - ../../components/hpa\n", "  - ../../components/keda\n")
                .replace("kustomization.yaml", "\nnamespace: fanwire\n", "\nnamespace: chat\n")
                .rendered();
    }

    private static Changed copy(String name) {
        // Under k8s, where kubectl looks from, and where Manifests does not look.
        Path root = Path.of("target", "changed", name);
        for (String part : new String[] {"base", "components", PROD}) copy(Path.of(part), root);
        return new Changed(root);
    }

    private static void copy(Path part, Path root) {
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = root.resolve(file);
                Files.createDirectories(to.resolveSibling(""));
                Files.writeString(to, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param file of prod; it must have the line */
    private Changed replace(String file, String line, String other) {
        Path path = root.resolve(PROD).resolve(file);
        try {
            String before = Files.readString(path);
            assertThat(before).contains(line);
            Files.writeString(path, before.replace(line, other));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Rendered rendered() {
        return Rendered.of(root.resolve(PROD).toString());
    }
}
