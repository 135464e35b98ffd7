package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.k8s.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pods of the load job as containers, each with what the manifest gives it, against a node. */
class LoadJobIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String JOB = "fanwire-load";

    // Short: what is under test is the job, and a busy machine must not make it fail.
    private static final String LOAD =
            "verify --subscribers 12 --publishers 2 --topics 3 --rate 10 --least 10 --warm-up 1s --for 3s";

    private PodNetwork network;

    @BeforeEach
    void startNode() {
        network = PodNetwork.create();
        // In a cluster the Services make one port of the other.
        PodSpec alone = PodSpec.of("dev").without("FANWIRE_REDIS_URI").with("FANWIRE_PORT", "80");
        network.node(alone.knownAs("fanwire", "fanwire-load-nodes")).awaitReady();
    }

    @AfterEach
    void stopAll() {
        if (network != null) network.close();
    }

    @Test
    void leavesTheReportInItsLog() throws IOException, InterruptedException {
        Rendered cluster = Rendered.of("overlays/dev-loadtest");
        int completions = cluster.get("Job", JOB).at("/spec/completions").asInt();
        List<Pod> pods = IntStream.range(0, completions)
                .mapToObj(index -> network.load(pod(cluster, index)))
                .toList();
        assertThat(pods)
                .allSatisfy(
                        pod -> assertThat(pod.awaitExit(PATIENCE)).as(pod::logs).isZero());
        String report = report(pods.get(0).logs());
        assertThat(report).contains("<html", "missing in silence").endsWith("</html>\n");
    }

    /** One of the job's, with its own load, and under the name that it has in a cluster. */
    private static PodSpec pod(Rendered cluster, int index) {
        PodSpec spec = PodSpec.of(cluster, "Job", JOB);
        assertThat(spec.environment()).containsKey("LOAD");
        String name = JOB + "-" + index;
        return spec.with("LOAD", LOAD)
                .with("JOB_COMPLETION_INDEX", Integer.toString(index))
                .knownAs(name, name + "." + spec.pod().path("subdomain").asText());
    }

    /** What the script makes of a log, as whoever applied the job calls it. */
    private static String report(String log) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("load", ".log"), log);
        Path out = Files.createTempFile("report", ".html");
        Process script = new ProcessBuilder("loadtest/report")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start();
        assertThat(script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }
}
