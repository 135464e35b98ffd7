package io.fanwire.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM's heap holds after a full collection, from {@code jcmd GC.class_histogram}.
 *
 * @param bytes of all live objects
 * @param classes the histogram's first lines: rank, instances, bytes, class
 */
public record LiveHeap(long bytes, List<String> classes) {
    private static final int CLASSES = 45;

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

    private static List<String> jcmd(long pid, String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(program, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new HarnessException("jcmd can't be started; it comes with a JDK", e);
        }
    }
}
