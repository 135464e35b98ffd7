package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM has started ends with it, whichever way it ends. */
@Timeout(60)
class ParentEndTest {
    @TempDir
    Path directory;

    @Test
    void sigtermEndsNodeAndRedis() throws Exception {
        Process parent = startParent();
        List<ProcessHandle> children = children(parent);
        parent.destroy();
        assertThat(allEnd(children)).isTrue();
    }

    @Test
    void sigkillEndsTheNode() throws Exception {
        Process parent = startParent();
        List<ProcessHandle> children = children(parent);
        parent.destroyForcibly();
        assertThat(allEnd(children.subList(0, 1))).isTrue();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private Process startParent() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        FakeNodeJar.in(directory).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<ProcessHandle> children(Process parent) throws IOException {
        var in = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        String line = in.readLine();
        var children = new ArrayList<ProcessHandle>();
        ProcessHandle.of(Long.parseLong(line)).ifPresent(children::add);
        parent.descendants()
                .filter(child -> child.pid() != Long.parseLong(line))
                .forEach(children::add);
        assertThat(children).hasSize(2);
        return children;
    }

    private static boolean allEnd(List<ProcessHandle> processes) throws Exception {
        var ends = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).get(20, TimeUnit.SECONDS);
        return processes.stream().noneMatch(ProcessHandle::isAlive);
    }

    /** A program that starts a Redis and a node, prints the node's process id, and then waits for its end. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws InterruptedException {
            RedisServer.launch();
            NodeProcess node = NodeProcess.launch(new NodeSpec(
                    Path.of(args[0]), LoopbackPort.free(), LoopbackPort.free(), Map.of(), Duration.ofSeconds(20)));
            System.out.println(node.pid());
            Thread.currentThread().join();
        }
    }
}
