package io.fanwire.loadtest.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows where the demo stands: on a terminal a table that is drawn anew in its place, else one line each time. */
final class LiveTable {
    private static final String ROW = "%-30s %12s %15s %14s";

    private final PrintStream out;
    private final boolean terminal;
    private int drawn;

    LiveTable(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(Duration elapsed, List<NodeCounts> nodes, Account account) {
        if (terminal) draw(table(elapsed, nodes, account));
        else out.println(line(elapsed, nodes, account));
        out.flush();
    }

    private void draw(List<String> lines) {
        if (drawn > 0) out.print("\033[" + drawn + "A");
        lines.forEach(line -> out.print("\033[2K" + line + "\n"));
        drawn = lines.size();
    }

    private static List<String> table(Duration elapsed, List<NodeCounts> nodes, Account account) {
        var lines = new ArrayList<String>();
        lines.add(String.format(ROW, "node", "connections", "publications in", "deliveries"));
        nodes.forEach(node -> lines.add(row(node.url(), node.connections(), node.publicationsIn(), node.deliveries())));
        lines.add(row(
                "all after " + elapsed.toSeconds() + " s",
                nodes.stream().mapToLong(NodeCounts::connections).sum(),
                account.publications(),
                account.deliveries()));
        lines.add(quality(account));
        return lines;
    }

    private static String row(String name, long connections, long publications, long deliveries) {
        return String.format(ROW, name, grouped(connections), grouped(publications), grouped(deliveries));
    }

    private static String line(Duration elapsed, List<NodeCounts> nodes, Account account) {
        var counts = nodes.stream()
                .map(node -> grouped(node.connections()) + "/" + grouped(node.publicationsIn()) + "/"
                        + grouped(node.deliveries()))
                .toList();
        return String.format(Locale.ROOT, "%4d s   ", elapsed.toSeconds())
                + grouped(account.publications()) + " publications   " + grouped(account.deliveries())
                + " deliveries   " + quality(account) + "   connections/in/out by node: " + String.join(" ", counts);
    }

    private static String quality(Account account) {
        return String.format(
                Locale.ROOT,
                "lost %,d   duplicated %,d   out of order %,d   p50 %.1f ms   p99 %.1f ms",
                account.lost(),
                account.duplicated(),
                account.outOfOrder(),
                account.p50(),
                account.p99());
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
