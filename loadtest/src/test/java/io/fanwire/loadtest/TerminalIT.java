package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.LoopbackPort;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** {@code sub} and {@code pub} against a node of their own. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalIT {
    private NodeProcess node;

    @BeforeAll
    void startNode() {
        node = NodeProcess.launch(NodeSpec.onFreePorts());
    }

    @AfterAll
    void stopNode() {
        node.close();
    }

    @Test
    void whatIsPublishedIsPrinted() throws Exception {
        try (Tool sub = tool("sub", "it:round", "--count", "3")) {
            awaitSubscriptions(1);
            try (Tool one = tool("pub", "it:round", "grüß dich");
                    Tool lines = tool("pub", "it:round")) {
                assertThat(one.awaitExit()).as(one.toString()).isZero();
                assertThat(one.out()).singleElement().asString().matches("it:round \\S+-1");
                lines.type("two\nthree\n");
                assertThat(lines.awaitExit()).as(lines.toString()).isZero();
                assertThat(lines.out()).hasSize(2);
            }
            assertThat(sub.awaitExit()).as(sub.toString()).isZero();
            assertThat(sub.out()).containsExactly("it:round 1 grüß dich", "it:round 2 two", "it:round 3 three");
            assertThat(sub.err()).singleElement().asString().matches("it:round goes on with --since \\S+-3");
        }
        awaitSubscriptions(0);
    }

    @Test
    void manyLinesKeepTheirOrder() throws Exception {
        var input = new StringBuilder();
        for (int i = 1; i <= 2_000; i++) input.append("line ").append(i).append('\n');
        try (Tool sub = tool("sub", "it:many", "--count", "2000")) {
            awaitSubscriptions(1);
            try (Tool pub = tool("pub", "it:many")) {
                pub.type(input.toString());
                assertThat(pub.awaitExit()).as(pub.toString()).isZero();
            }
            assertThat(sub.awaitExit()).as(sub.toString()).isZero();
            assertThat(sub.out()).hasSize(2_000).element(1_999).isEqualTo("it:many 2000 line 2000");
        }
    }

    @Test
    void sigintEndsASubscriberCleanly() throws Exception {
        try (Tool sub = tool("sub", "it:quiet")) {
            awaitSubscriptions(1);
            sub.signal("INT");
            assertThat(sub.awaitExit()).isEqualTo(128 + 2);
            assertThat(sub.err()).isEmpty();
        }
        awaitSubscriptions(0);
    }

    @Test
    void aNodeThatIsNotThereIsTold() throws Exception {
        String url = "ws://127.0.0.1:" + LoopbackPort.free() + "/ws";
        try (Tool pub = Tool.start("pub", "it:none", "hello", "--url", url)) {
            assertThat(pub.awaitExit()).isEqualTo(1);
            assertThat(pub.err()).first().asString().startsWith("no connection to " + url);
            assertThat(pub.err()).last().asString().startsWith("fanwire pub: message 1 failed: ");
        }
    }

    @Test
    void wrongUsageIsExitCodeTwo() throws Exception {
        try (Tool sub = tool("sub")) {
            assertThat(sub.awaitExit()).isEqualTo(2);
            assertThat(sub.err())
                    .containsExactly("fanwire sub: Missing required parameter: 'TOPIC'; see fanwire sub --help");
        }
    }

    private Tool tool(String command, String... arguments) throws Exception {
        var all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--url";
        all[2] = node.url().toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Tool.start(all);
    }

    private void awaitSubscriptions(long count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (node.metrics().get("fanwire_subscriptions") != count) {
            if (System.nanoTime() - deadline > 0) throw new AssertionError("no " + count + " subscriptions");
            LockSupport.parkNanos(20_000_000);
        }
    }
}
