package io.fanwire.bench.scenario;

import io.fanwire.bench.measure.Pauses;
import io.fanwire.bench.peer.FanwirePeer;
import io.fanwire.harness.NodeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * What all scenarios of a run share.
 *
 * @param warmUp how long a load runs before it is measured
 * @param measured how long it is measured
 * @param loops threads that subscribers are spread over
 * @param nodeOptions JVM options for the node, on top of its own
 */
public record Bed(Duration warmUp, Duration measured, int loops, String nodeOptions) {
    /** A node with its defaults, and a log of its pauses. */
    NodeUnderTest startNode() {
        try {
            Pauses pauses = new Pauses(Files.createTempFile("fanwire-bench", ".log"));
            NodeSpec spec =
                    NodeSpec.onFreePorts().with("JDK_JAVA_OPTIONS", (pauses.jvmOption() + " " + nodeOptions).strip());
            return new NodeUnderTest(FanwirePeer.start(spec), pauses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a load run for the time that it is measured over; nothing is waited for by this. */
    void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @param pauses of its JVM */
    record NodeUnderTest(FanwirePeer peer, Pauses pauses) implements AutoCloseable {
        @Override
        public void close() {
            peer.close();
        }
    }
}
