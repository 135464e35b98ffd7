package io.fanwire.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The command line tool in a process of its own, as users run it. Everything that it starts carries a mark. */
final class Tool implements AutoCloseable {
    private static final String MARK = "IT_MARK_OF_FANWIRE";
    private static final long TIMEOUT_SECONDS = 90;
    // Where this build itself runs with SIGINT ignored, as in a shell's background, a JVM would ignore it as well.
    private static final List<String> WITH_SIGINT = List.of("env", "--default-signal=INT");

    private final String mark = UUID.randomUUID().toString();
    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final Path err;

    private Tool(List<String> command, Map<String, String> env) throws IOException {
        err = Files.createTempFile("fanwire-it-", ".err");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(env);
        builder.environment().put(MARK, mark);
        process = builder.start();
    }

    static Tool start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    static Tool start(Map<String, String> env, String... arguments) throws IOException {
        var command = new ArrayList<String>(hasDefaultSignal() ? WITH_SIGINT : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String name : List.of("fanwire.node.jar", "fanwire.node.jvm.options")) {
            command.add("-D" + name + "=" + System.getProperty(name));
        }
        command.addAll(List.of("-jar", System.getProperty("fanwire.loadtest.jar")));
        command.addAll(List.of(arguments));
        return new Tool(command, env);
    }

    /** Any other program. */
    static Tool startProgram(Path program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return new Tool(command, Map.of());
    }

    /** Reads standard output until a line contains this. Returns whether one does. */
    boolean awaitLine(String part) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            out.add(line);
            if (line.contains(part)) return true;
        }
        return false;
    }

    void type(String text) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    /** Reads everything and waits for the end. Returns the exit code. */
    int awaitExit() throws IOException, InterruptedException {
        awaitLine("\0");
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("still runs: " + this);
        return process.exitValue();
    }

    /** Whether it ends within that time. */
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    List<String> out() {
        return out;
    }

    List<String> err() throws IOException {
        return Files.readAllLines(err);
    }

    /** The processes that it has started and that still run; on Linux. */
    List<String> leftBehind() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != process.pid() && isMarked(handle))
                .map(handle -> handle.pid() + " " + handle.info().commandLine().orElse("?"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        ProcessHandle.allProcesses().filter(this::isMarked).forEach(ProcessHandle::destroyForcibly);
        Files.deleteIfExists(err);
    }

    @Override
    public String toString() {
        try {
            return String.join("\n", out) + "\n" + String.join("\n", err());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMarked(ProcessHandle handle) {
        try {
            Path environment = Path.of("/proc/" + handle.pid() + "/environ");
            return new String(Files.readAllBytes(environment), StandardCharsets.UTF_8).contains(MARK + "=" + mark);
        } catch (IOException e) {
            return false; // Ended meanwhile, or not ours to read.
        }
    }

    private static boolean hasDefaultSignal() throws IOException {
        try {
            var command = new ArrayList<>(WITH_SIGINT);
            command.add("true");
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
