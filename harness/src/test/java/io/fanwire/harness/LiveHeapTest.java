package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveHeapTest {
    private static final int BYTES = 32 << 20;

    private final long pid = ProcessHandle.current().pid();

    @Test
    void countsWhatIsReachableAndNotWhatIsGarbage() {
        long before = LiveHeap.of(pid).bytes();
        byte[] held = new byte[BYTES];
        try {
            assertThat(LiveHeap.of(pid).bytes() - before).isBetween(BYTES / 2L, BYTES * 2L);
        } finally {
            Reference.reachabilityFence(held);
        }
        held = null;
        assertThat(LiveHeap.of(pid).bytes() - before).isLessThan(BYTES / 2);
    }

    @Test
    void namesTheClassesThatHoldMost() {
        assertThat(LiveHeap.of(pid).classes()).anyMatch(line -> line.contains("[B"));
    }

    @Test
    void aProcessThatIsNoJvmIsTold() {
        assertThatThrownBy(() -> LiveHeap.of(1L << 30))
                .isInstanceOf(HarnessException.class)
                .hasMessageStartingWith("no histogram: ");
    }
}
