package io.fanwire.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM's heap holds after a full collection, from {@code jcmd GC.class_histogram}.
 *
 * @param bytes of all live objects
 * @param classes the histogram's first lines: rank, instances, bytes, class
 */
public record LiveHeap(long bytes, List<String> classes) {
    private static final int CLASSES = 45;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** Collects the garbage of the process first. */
    public static LiveHeap of(long pid) {
        List<String> lines = jcmd(pid, "GC.class_histogram");
        String total = lines.stream()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new HarnessException("no histogram: " + String.join(" | ", lines)));
        String[] words = total.split(" +", -1);
        return new LiveHeap(Long.parseLong(words[2]), lines.subList(0, Math.min(CLASSES, lines.size())));
    }

    // The answer goes through a file: a JVM may be asked about itself, and JDK 25 writes the answer while all of that
    // JVM's threads stand still, also the one that would empty a pipe.
    private static List<String> jcmd(long pid, String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Path answer = Files.createTempFile("fanwire-jcmd", ".txt");
            try {
                await(new ProcessBuilder(program, Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile())
                        .start());
                return Files.readAllLines(answer);
            } finally {
                Files.delete(answer);
            }
        } catch (IOException e) {
            throw new HarnessException("jcmd can't be started; it comes with a JDK", e);
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new HarnessException("no histogram: no answer within " + MAX_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while waiting for a histogram", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
