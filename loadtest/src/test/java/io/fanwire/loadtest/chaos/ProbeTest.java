package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final Deque<Boolean> answers = new ArrayDeque<>();
    private final Probe probe = new Probe(2, answers::remove);

    @Test
    void nobodyIsReadyBeforeTheFirstGoodAnswer() {
        assertThat(after()).isFalse();
        assertThat(after(false, false, false)).isFalse();
        assertThat(probe.firstReady()).isNotDone();
        assertThat(after(true)).isTrue();
        assertThat(probe.firstReady()).isCompleted();
    }

    @Test
    void onlySoManyBadAnswersInARowTakeReadinessAway() {
        assertThat(after(true, false)).isTrue();
        assertThat(after(true, false)).isTrue();
        assertThat(after(false)).isFalse();
        assertThat(after(true)).isTrue();
        assertThat(after(false)).isTrue();
    }

    private boolean after(Boolean... more) {
        answers.addAll(List.of(more));
        while (!answers.isEmpty()) probe.run();
        return probe.isReady();
    }
}
