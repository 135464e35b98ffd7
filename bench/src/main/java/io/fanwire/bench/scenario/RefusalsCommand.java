package io.fanwire.bench.scenario;

import io.fanwire.bench.load.RefusedVisitors;
import io.fanwire.bench.measure.Interval;
import io.fanwire.bench.peer.FanwirePeer;
import io.fanwire.harness.NodeSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A node in a storm: nearly everybody is sent away. */
@Command(
        name = "refusals",
        description = "Measures what a handshake costs that is refused with 503.",
        mixinStandardHelpOptions = true)
public final class RefusalsCommand implements Callable<Integer> {
    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Handshakes in each of three runs. Default: ${DEFAULT-VALUE}")
    private int count;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "16",
            description = "That ask at the same time. Default: ${DEFAULT-VALUE}")
    private int threads;

    @Override
    public Integer call() {
        try (FanwirePeer node = FanwirePeer.start(NodeSpec.onFreePorts().with("FANWIRE_LIMITS_HANDSHAKE_RATE", "1"))) {
            RefusedVisitors visitors = new RefusedVisitors(node.address(), threads);
            for (int i = 1; i <= 3; i++) {
                Interval.Start start = Interval.Start.now(node.pid(), 0);
                int refused = visitors.run(count);
                Interval interval = start.until(refused);
                System.out.printf(
                        "run %d: %,d refused, %,.0f a second, %.3f ms of the node's CPU each%n",
                        i, refused, interval.perSecond(), interval.serverMicros() / 1e3);
            }
        }
        return 0;
    }
}
