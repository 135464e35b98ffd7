package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.LoopbackPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class DemoIT {
    private static final long SEED = 20_260_101;
    private static final long LATEST_MILLIS = 6_000;

    private final int port = threeFreePorts();

    @ParameterizedTest
    @ValueSource(strings = {"", "bundled"})
    void everyPublicationReachesEverySubscriber(String redis) throws Exception {
        try (Tool demo = Tool.start(Map.of("FANWIRE_TEST_REDIS", redis), "demo", "--for", "3s", "--port", "" + port)) {
            assertThat(demo.awaitExit()).as(demo.toString()).isZero();
            assertThat(demo.err()).isEmpty();
            assertThat(demo.leftBehind()).isEmpty();
            assertThat(demo.out())
                    .last()
                    .asString()
                    .matches("demo: 3 nodes, 90 subscribers, \\d+ publications, [\\d,]+ deliveries "
                            + "\\([\\d,]+ across nodes\\), 0 lost, 0 duplicated, 0 out of order, "
                            + "p50 [\\d.]+ ms, p99 [\\d.]+ ms");
        }
    }

    @Test
    void runsWithOtherNumbers() throws Exception {
        try (Tool demo = demo("--for", "2s", "--nodes", "2", "--subscribers", "5", "--rate", "1000")) {
            assertThat(demo.awaitExit()).as(demo.toString()).isZero();
            assertThat(demo.out()).last().asString().startsWith("demo: 2 nodes, 5 subscribers, ");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var other = new ServerSocket();
                Tool demo = startWhileInUse(other)) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.err())
                    .containsExactly(
                            "fanwire demo: port " + (port + 1) + " is already in use; choose another with --port");
            assertThat(demo.leftBehind()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starting Redis", "Redis  ", "Node 1", "Node 3", "Try, ", " publications "})
    void sigintLeavesNothingBehindAfter(String line) throws Exception {
        try (Tool demo = demo()) {
            assertThat(demo.awaitLine(line)).as(demo.toString()).isTrue();
            interruptLeavesNothingBehind(demo);
        }
    }

    @ParameterizedTest
    @MethodSource("moments")
    void sigintLeavesNothingBehindAtAnyMoment(long millis) throws Exception {
        try (Tool demo = demo()) {
            assertThat(demo.endsWithin(millis)).as(demo.toString()).isFalse();
            interruptLeavesNothingBehind(demo);
        }
    }

    static IntStream moments() {
        return new Random(SEED).ints(5, 0, (int) LATEST_MILLIS).sorted();
    }

    private void interruptLeavesNothingBehind(Tool demo) throws Exception {
        demo.signal("INT");
        assertThat(demo.awaitExit()).as(demo.toString()).isEqualTo(128 + 2);
        assertThat(demo.leftBehind()).isEmpty();
        assertThat(demo.err()).isEmpty();
        assertThat(IntStream.range(port, port + 3)).allMatch(LoopbackPort::isFree);
    }

    private Tool startWhileInUse(ServerSocket other) throws Exception {
        other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 1));
        return demo();
    }

    private Tool demo(String... options) throws Exception {
        var arguments = new ArrayList<>(List.of("demo", "--port", "" + port));
        arguments.addAll(List.of(options));
        return Tool.start(arguments.toArray(String[]::new));
    }

    private static int threeFreePorts() {
        // Below those out of which the demo gives its Redis one.
        int first = ThreadLocalRandom.current().nextInt(12_000, 19_000);
        boolean free = IntStream.range(first, first + 3).allMatch(LoopbackPort::isFree);
        return free ? first : threeFreePorts();
    }
}
