package io.fanwire.k8s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fanwire.k8s.container.Docker;
import io.fanwire.k8s.container.NodeImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Prometheus' tool for rules, in its container, with these files.
 *
 * @param files their text by their name
 */
record Promtool(Map<String, String> files) {
    private static final String IMAGE = "prom/prometheus:latest";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String FOLDER = "/tmp";

    /** Skips the test where there is no Docker, or no image: one that is not there and can't be pulled. */
    static Promtool with(Map<String, String> files) {
        NodeImage.requireDocker();
        assumeTrue(Docker.has(IMAGE), IMAGE + " is not here, and can't be pulled");
        return new Promtool(files);
    }

    /** What it says, however it ends. */
    String run(String... arguments) {
        String[] create = {"create", "--workdir", FOLDER, "--entrypoint", "promtool", IMAGE};
        String container =
                Docker.run(Stream.of(create, arguments).flatMap(Stream::of).toArray(String[]::new));
        try {
            // Copied rather than mounted, which a Docker on another machine could not.
            files.forEach((name, text) -> Docker.run("cp", write(text), container + ":" + FOLDER + "/" + name));
            return Docker.run(PATIENCE, List.of("start", "--attach", container)).output();
        } finally {
            Docker.run("rm", "--force", container);
        }
    }

    private static String write(String text) {
        try {
            Path file = Files.writeString(Files.createTempFile("promtool", ".yaml"), text);
            // Of the tool's user in there.
            if (!file.toFile().setReadable(true, false)) throw new IOException("can't make readable: " + file);
            file.toFile().deleteOnExit();
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
