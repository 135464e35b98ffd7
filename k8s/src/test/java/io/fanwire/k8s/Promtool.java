package io.fanwire.k8s;

import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Prometheus' tool for rules, in its container, with these files.
 *
 * @param files their text by their name
 */
record Promtool(Map<String, String> files) {
    private static final DockerImageName IMAGE = DockerImageName.parse("prom/prometheus:latest");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String FOLDER = "/tmp/";

    static Promtool with(Map<String, String> files) {
        DockerHere.require();
        return new Promtool(files);
    }

    /** What it says, however it ends. */
    String run(String... arguments) {
        try (GenericContainer<?> container = new GenericContainer<>(IMAGE)) {
            files.forEach((name, text) -> container.withCopyToContainer(Transferable.of(text), FOLDER + name));
            container
                    .withCreateContainerCmdModifier(command -> command.withEntrypoint("promtool")
                            .withWorkingDir(FOLDER)
                            .withCmd(arguments))
                    .withStartupCheckStrategy(new DockerHere.Ended().withTimeout(PATIENCE))
                    .start();
            return container.getLogs();
        }
    }
}
