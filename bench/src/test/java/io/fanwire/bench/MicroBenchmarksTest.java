package io.fanwire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.results.RunResult;

@Timeout(60)
class MicroBenchmarksTest {
    // Once each, in this process, and small: whether they work, not how fast.
    private static final List<String> ONCE =
            List.of("-bm", "ss", "-f", "0", "-wi", "0", "-i", "1", "-v", "SILENT", "-p", "topics=100");

    @Test
    void everyBenchmarkRuns() throws Exception {
        Collection<RunResult> results = MicroBenchmarks.measure(MicroBenchmarks.parse(ONCE));

        assertThat(results)
                .extracting(result -> BenchmarkTable.name(result.getParams()))
                .contains(
                        "AudienceBenchmark.deliver",
                        "AudienceBenchmark.visit",
                        "EncodeBenchmark.encode",
                        "EncodeBenchmark.encodeAndAppend",
                        "LogAppendBenchmark.append",
                        "RegistryBenchmark.hostAndDrop",
                        "RegistryBenchmark.subscribeOnAnotherLane",
                        "RegistryBenchmark.subscribeOnItsLane",
                        "SliceBenchmark.slice",
                        "TimingWheelBenchmark.putOff",
                        "TimingWheelBenchmark.setAndCancel",
                        "TimingWheelBenchmark.tick");
        assertThat(table(results)).contains("B/op", "ns/op", "payload=1024");
    }

    @Test
    void anUnknownOptionIsAMistakeInUse() {
        assertThat(Main.commandLine().execute("micro", "--faster")).isEqualTo(2);
    }

    private static String table(Collection<RunResult> results) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BenchmarkTable(results).printTo(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
