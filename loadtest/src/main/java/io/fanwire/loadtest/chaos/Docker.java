package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.scenario.ScenarioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code docker} command. Every call is bounded in time. */
final class Docker {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NOT_STARTED = "docker can't be run, is it installed? ";

    private Docker() {}

    /**
     * The lines that it prints.
     *
     * @throws ScenarioException if it fails, with what it complains about, or does not end in time
     */
    static List<String> run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            // Not by a pipe: whoever waits for the end of a process that waits for a reader waits forever.
            Path output = Files.createTempFile("fanwire-docker", ".txt");
            try {
                return run(command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new ScenarioException(NOT_STARTED + e.getMessage(), e);
        }
    }

    private static List<String> run(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                throw new ScenarioException(text(command) + ": no end after " + TIMEOUT.toSeconds() + " s");
            if (process.exitValue() != 0)
                throw new ScenarioException(text(command) + ": " + complaint(process.getErrorStream()));
            return Files.readAllLines(output, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScenarioException(text(command) + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Of a few lines at most, so the pipe is no danger here. */
    private static String complaint(InputStream errors) throws IOException {
        String text = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String text(List<String> command) {
        return String.join(" ", command);
    }
}
