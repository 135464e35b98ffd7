package io.fanwire.loadtest.demo;

import io.fanwire.harness.HarnessException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run of the demo: start, traffic, account, end. Runs on the caller's thread; only {@link #interrupt} is called by
 * another, the shutdown hook, while the harness's hook stops the processes.
 */
final class Demo {
    private static final long SHOW_MILLIS = 1_000;
    private static final double REACHED = 0.9;
    private static final long LAST_WORDS_MILLIS = 2_000;

    // Latencies leave out the first seconds, in which all these JVMs compile their code.
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final DemoPlan plan;
    private final PrintStream out;
    private final LiveTable table;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch concluded = new CountDownLatch(1);

    private boolean warm;

    Demo(DemoPlan plan, PrintStream out, boolean terminal) {
        this.plan = plan;
        this.out = out;
        this.table = new LiveTable(out, terminal);
    }

    /**
     * Returns whether every publication reached every subscriber.
     *
     * @throws io.fanwire.harness.HarnessException if the cluster does not start, or a node ends
     */
    boolean run() throws InterruptedException {
        try {
            return runToTheEnd();
        } catch (HarnessException e) {
            if (!isInterrupted()) throw e;
            out.println("demo: interrupted"); // Whatever failed, failed because it was being stopped.
            return false;
        } finally {
            concluded.countDown();
        }
    }

    /** Shows nothing more, since the processes are being stopped. Waits a moment for the last words. */
    void interrupt() {
        interrupted.countDown();
        try {
            concluded.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean runToTheEnd() throws InterruptedException {
        out.println("Starting Redis and " + plan.nodes() + " nodes …");
        try (DemoCluster cluster = DemoCluster.start(plan, out);
                Traffic traffic = Traffic.start(plan, cluster.nodes())) {
            introduce(cluster);
            long begin = System.nanoTime();
            while (!isOver(begin)) show(cluster, traffic, begin);
            return conclude(traffic, since(begin));
        }
    }

    private void introduce(DemoCluster cluster) {
        String topic = plan.topics().get(0);
        var nodes = cluster.nodes();
        out.println(plan.subscribers() + " subscribers on " + String.join(", ", plan.topics()) + "; " + plan.rate()
                + " publications/s. Try, in another terminal:");
        out.println("  ./fanwire sub --url " + nodes.get(0).url() + " " + topic);
        out.println("  ./fanwire pub --url " + nodes.get(nodes.size() - 1).url() + " " + topic + " hello");
        out.println(plan.duration() == null ? "Ctrl-C stops everything.\n" : "");
    }

    private void show(DemoCluster cluster, Traffic traffic, long begin) {
        cluster.requireAlive();
        if (!warm && since(begin).compareTo(WARM_UP) > 0) {
            warm = true;
            traffic.endWarmUp();
        }
        List<NodeCounts> counts = cluster.nodes().stream().map(NodeCounts::of).toList();
        if (!isInterrupted()) table.show(since(begin), counts, traffic.soFar());
    }

    /** Waits for the next moment to show something. Returns whether the traffic is to end instead. */
    private boolean isOver(long begin) throws InterruptedException {
        Duration duration = plan.duration();
        long left =
                duration == null ? Long.MAX_VALUE : duration.minus(since(begin)).toMillis();
        if (left <= 0) return true;
        return interrupted.await(Math.min(left, SHOW_MILLIS), TimeUnit.MILLISECONDS) || left <= SHOW_MILLIS;
    }

    private boolean conclude(Traffic traffic, Duration elapsed) throws InterruptedException {
        if (isInterrupted()) {
            out.println("demo: interrupted; " + traffic.soFar().line());
            concluded.countDown();
            return false;
        }
        Account account = traffic.finish();
        boolean perfect = traffic.isPerfect();
        tellMissedRate(account, elapsed);
        out.println("demo: " + plan.nodes() + " nodes, " + plan.subscribers() + " subscribers, " + account.line()
                + (perfect ? "" : " - FAILED"));
        return perfect;
    }

    private void tellMissedRate(Account account, Duration elapsed) {
        long reached = account.publications() * 1_000 / Math.max(1, elapsed.toMillis());
        if (reached < plan.rate() * REACHED) {
            out.printf(Locale.ROOT, "demo: asked for %,d publications/s, reached %,d%n", plan.rate(), reached);
        }
    }

    private boolean isInterrupted() {
        return interrupted.getCount() == 0;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
