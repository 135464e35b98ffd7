package io.fanwire.bench.scenario;

import io.fanwire.bench.peer.Peers;
import io.fanwire.loadtest.measure.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deliveries: how many, at which cost, how late. */
@Command(
        name = "fanout",
        description =
                "Measures deliveries of a node on Redis, of nats-server if it is installed, and of the bare writes.",
        mixinStandardHelpOptions = true)
public final class FanOutCommand implements Callable<Integer> {
    @Mixin
    private BedOptions bed = new BedOptions();

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Scenarios with this in their name.")
    private String only = "";

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "node,nats,floor",
            description = "Out of node, nats and floor, which writes as much at once as the node before it did."
                    + " Default: ${DEFAULT-VALUE}")
    private List<String> servers = List.of();

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "Runs everything so often.")
    private int repeat;

    @Override
    public Integer call() {
        Table table = new Table(FanOutRun.Result.HEADS);
        for (int i = 0; i < repeat; i++) {
            for (FanOut plan : FanOut.ALL) {
                if (plan.name().contains(only)) run(plan, table);
            }
        }
        System.out.println(table);
        return 0;
    }

    private void run(FanOut plan, Table table) {
        FanOutRun run = new FanOutRun(bed.bed(Duration.ofSeconds(10)), plan);
        double batch = 1;
        for (String server : servers) {
            FanOutRun.Result result = switch (server.toLowerCase(Locale.ROOT)) {
                case "node" -> run.node();
                case "floor" -> run.floor(batch);
                case "nats" -> Peers.hasNats() ? run.nats() : null;
                default -> throw new IllegalArgumentException("no such server: " + server);
            };
            if (result == null) {
                System.err.println("nats-server is not installed: left out");
            } else {
                if (result.server().equals("node")) batch = result.batch();
                table.add(result.cells());
                System.err.println(String.join("  ", result.cells()));
            }
        }
    }
}
