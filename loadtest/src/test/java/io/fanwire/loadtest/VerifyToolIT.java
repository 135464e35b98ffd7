package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.LoopbackPort;
import io.fanwire.harness.RedisServer;
import io.fanwire.node.ForgetfulNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code load verify} as users run it. */
@Timeout(180)
class VerifyToolIT {
    @Test
    void aSoundClusterIsFine() throws Exception {
        // What a busy machine gets through is not what this is about.
        String options = "--nodes 2 --warm-up 3s --for 3s --rate 200 --least 10 --processes 2";
        try (Tool tool = verify(options.split(" ", -1))) {
            assertThat(tool.awaitExit()).as(tool.toString()).isZero();
            assertThat(tool.out()).anyMatch(line -> line.matches(" *delivered +[\\d,]+"));
            assertThat(tool.out()).anyMatch(line -> line.matches(" *missing in silence +0"));
            assertThat(tool.out()).last().isEqualTo("verify: fine after 3 s");
            assertThat(tool.leftBehind()).isEmpty();
        }
    }

    @Test
    void aNodeThatForgetsIsExitCodeOne() throws Exception {
        try (RedisServer redis = RedisServer.launchForTests();
                ForgetfulNode node = new ForgetfulNode(redis.uri(), 1_000);
                Tool tool = verify("--url", node.url().toString(), "--for", "5s", "--rate", "300")) {
            assertThat(tool.awaitExit()).as(tool.toString()).isEqualTo(1);
            String[] lost = node.lost().iterator().next().split(" ", -1);
            assertThat(tool.out())
                    .anyMatch(line -> line.contains("of " + lost[0] + " misses " + lost[1] + " of epoch"))
                    .anyMatch(line -> line.matches("(.* )?[1-9][\\d,]* deliveries are missing in silence: .*"))
                    .anyMatch(line -> line.matches(" *missing in silence +[1-9][\\d,]*"));
            assertThat(tool.out()).last().isEqualTo("verify: failed after 5 s");
        }
    }

    @Test
    void nobodyThereIsOneLine() throws Exception {
        String nowhere = "ws://127.0.0.1:" + LoopbackPort.free() + "/ws";
        try (Tool tool = verify("--url", nowhere)) {
            assertThat(tool.awaitExit()).as(tool.toString()).isEqualTo(1);
            assertThat(tool.err()).singleElement().asString().contains("the last failure: " + nowhere);
        }
    }

    private static Tool verify(String... options) throws Exception {
        String[] all = {"load", "verify", "--subscribers", "20", "--topics", "2"};
        String[] arguments = java.util.Arrays.copyOf(all, all.length + options.length);
        System.arraycopy(options, 0, arguments, all.length, options.length);
        return Tool.start(arguments);
    }
}
