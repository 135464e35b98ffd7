package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ToolUsageTest {
    @Test
    void aProcessAtItsLimitIsAsBusyAsAThreadAtItsOwn() {
        int processors = Runtime.getRuntime().availableProcessors();
        ToolUsage now = ToolUsage.from(List.of());
        // As if all its cores had been busy with something else than load threads for the last 100 s.
        ToolUsage begin = new ToolUsage(
                now.nanos() - 100_000_000_000L, now.cpuNanos() - processors * 100_000_000_000L, List.of());
        ToolUsage.Share share = begin.until(List.of());
        assertThat(share.cores()).isEqualTo(processors, within(0.05));
        assertThat(share.busiestThread()).isEqualTo(1, within(0.05));
    }
}
