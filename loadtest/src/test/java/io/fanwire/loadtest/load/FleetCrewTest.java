package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.HarnessException;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Targets;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FleetCrewTest {
    private static final Targets TARGETS = new Targets(List.of(URI.create("ws://x/ws")), List.of(), List.of());

    @Test
    void aChildThatDiesAtItsStartIsToldAtOnce() {
        List<String> dies = List.of("sh", "-c", "echo no memory >&2; exit 1");
        try (FleetCrew crew = FleetCrew.start(2, List.of(), TARGETS, port -> dies)) {
            assertThatThrownBy(crew::prepare)
                    .hasMessage("a load process has ended before it began: no memory")
                    .extracting(failure -> ((ScenarioException) failure).fault())
                    .isEqualTo(Fault.TOOL);
        }
    }

    @Test
    void oneThatCantBeStartedLeavesNothingBehind() {
        String mark = "86401." + System.nanoTime();
        int[] port = new int[1];
        assertThatThrownBy(() -> FleetCrew.start(2, List.of(), TARGETS, given -> {
                    if (port[0] > 0) throw new HarnessException("no more processes");
                    port[0] = given;
                    return List.of("sleep", mark);
                }))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("a load process can't be had: no more processes");
        assertThat(ProcessHandle.allProcesses()
                        .filter(each -> each.info().commandLine().orElse("").contains(mark)))
                .isEmpty();
        // While its thread is in accept, the kernel still lets some in.
        await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port[0]).close())
                .hasMessageContaining("refused"));
    }
}
