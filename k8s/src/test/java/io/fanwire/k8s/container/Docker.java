package io.fanwire.k8s.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The {@code docker} command. Every call is bounded in time. Not Testcontainers: most of what is tested here are options
 * of {@code docker run} and exit codes, and it would start a container of its own to watch over the others.
 */
public final class Docker {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private Docker() {}

    /** How a command ended, with all that it printed. */
    public record Outcome(int code, String output) {}

    static boolean answers() {
        try {
            return run(ANSWER_TIMEOUT, List.of("version", "--format", "{{.Server.Os}}"))
                    .output()
                    .strip()
                    .equals("linux");
        } catch (UncheckedIOException | AssertionError e) {
            return false;
        }
    }

    /** Whether an image is there, or comes from a registry. */
    public static boolean has(String image) {
        try {
            return run(TIMEOUT, List.of("image", "inspect", image)).code() == 0
                    || run(TIMEOUT, List.of("pull", "--quiet", image)).code() == 0;
        } catch (UncheckedIOException | AssertionError e) {
            return false;
        }
    }

    /**
     * What it prints, stripped.
     *
     * @throws AssertionError if it fails, with what it complains about
     */
    public static String run(String... arguments) {
        return run(List.of(arguments));
    }

    static String run(List<String> arguments) {
        return expect(TIMEOUT, arguments);
    }

    /** @throws AssertionError if it fails or does not end in time, with what it complains about */
    static String expect(Duration timeout, List<String> arguments) {
        Outcome outcome = run(timeout, arguments);
        if (outcome.code() != 0)
            throw new AssertionError("docker " + String.join(" ", arguments) + ": " + outcome.output());
        return outcome.output().strip();
    }

    public static Outcome run(Duration timeout, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("fanwire-docker", ".txt");
            try {
                return run(timeout, command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(Duration timeout, List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The old builder is the one that is everywhere.
        builder.environment().put("DOCKER_BUILDKIT", "0");
        Process process = builder.start();
        try {
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS))
                throw new AssertionError(String.join(" ", command) + ": no end after " + timeout.toSeconds() + " s");
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
