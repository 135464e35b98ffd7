package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import io.fanwire.node.RawClient;
import io.fanwire.node.RawHandshake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node whose operating system gives it no more files, by a limit that was not there when it started. */
class FilesRunOutIT {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CROWD = 100;
    private static final int LEFT = 20;

    private final List<RawHandshake> crowd = new ArrayList<>();

    @Test
    void aNodeWithoutFilesServesWhomItHasAndTakesOthersWhenThereAreFilesAgain() throws Exception {
        assumeThat(PRLIMIT).exists();
        NodeSpec spec = NodeSpec.onFreePorts();
        try (NodeProcess node = NodeProcess.launch(spec);
                RawClient client = RawClient.connect(spec.port())) {
            double open = node.metrics().get("process_files_open_files");
            limitFiles(node, (int) open + LEFT);
            for (int i = 0; i < CROWD; i++) crowd.add(RawHandshake.connect(spec.port()));
            await().atMost(PATIENCE).until(() -> complaints(node) > 0);

            assertThat(client.subscribe(2, "it:files").hasSubscribed()).isTrue();
            assertThat(client.publish(3, "it:files", "hi").hasPublished()).isTrue();
            crowd.forEach(RawHandshake::close);
            await().atMost(PATIENCE).until(() -> comesIn(spec));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.metrics().get("fanwire_handshakes_pending"))
                            .isZero());
            // One line in half a minute, for ten attempts a second.
            assertThat(complaints(node)).isLessThan(10);
        }
    }

    private static boolean comesIn(NodeSpec spec) {
        try (RawHandshake client = RawHandshake.send(spec.port())) {
            return client.status() == 101;
        }
    }

    private static long complaints(NodeProcess node) {
        return node.output().stream()
                .filter(line -> line.contains("can't accept connections"))
                .count();
    }

    private static void limitFiles(NodeProcess node, int files) throws Exception {
        Process limit = new ProcessBuilder(
                        PRLIMIT.toString(), "--pid", Long.toString(node.pid()), "--nofile=" + files + ":")
                .inheritIO()
                .start();
        assertThat(limit.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(limit.exitValue()).isZero();
    }
}
