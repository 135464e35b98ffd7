package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that may write nothing, is nobody and has no rights: it serves all the same. */
class RestrictedIT {
    @Test
    void asTheOverlaysHoldIt() {
        try (PodNetwork network = PodNetwork.create()) {
            Pod node = serves(network, PodSpec.of("dev"));
            // Else the tests here say nothing.
            assertThat(node.exec("sh", "-c", "touch /opt/fanwire/x 2>&1 || true"))
                    .contains("Read-only file system");
            assertThat(node.exec("cat", "/proc/1/status"))
                    .containsPattern("Uid:\\s+10001\\s")
                    .containsPattern("CapEff:\\s+0+\\n")
                    .containsPattern("CapBnd:\\s+0+\\n")
                    .containsPattern("NoNewPrivs:\\s+1\\n");
            // What it wrote is small, and nothing of it grows.
            assertThat(Integer.parseInt(node.exec("sh", "-c", "du -sk /tmp | cut -f1")))
                    .isLessThan(1_024);
        }
    }

    @Test
    void asSomebodyWhomNobodyKnows() {
        // As OpenShift does it: a number of its own for each namespace, in the group 0.
        try (PodNetwork network = PodNetwork.create()) {
            Pod node = serves(network, PodSpec.of("dev").with(List.of("--user", "1000650000:0")));
            assertThat(node.exec("cat", "/proc/1/status")).containsPattern("Uid:\\s+1000650000\\s");
        }
    }

    @Test
    void withNowhereToWriteAtAll() {
        // Netty's native library can't be unpacked then: the node's connection to Redis goes without it.
        try (PodNetwork network = PodNetwork.create()) {
            Pod node = serves(network, PodSpec.of("dev").withoutVolumes());
            assertThat(node.exec("sh", "-c", "touch /tmp/x 2>&1 || true")).contains("Read-only file system");
        }
    }

    /** Ready, and a publication goes through Redis and back to its client. */
    private static Pod serves(PodNetwork network, PodSpec spec) {
        network.redis().awaitRedis("");
        Pod node = network.node(spec).awaitReady();
        assertThat(node.get("/readyz").body()).isEqualTo("ready");
        Conversation.isHeard(node.url());
        return node;
    }
}
