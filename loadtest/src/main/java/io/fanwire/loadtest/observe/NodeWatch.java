package io.fanwire.loadtest.observe;

import io.fanwire.harness.Metrics;
import io.fanwire.loadtest.result.NodeSample;
import io.fanwire.loadtest.result.NodeSeries;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks each node for its metrics once a second, each on a thread of its own: one that hangs holds up no other. */
public final class NodeWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1_000;

    private final List<Watched> nodes;
    private final ExecutorService threads;
    private volatile long zeroNanos = System.nanoTime();

    /** Begins at once. A name that stands for several addresses is that many nodes. */
    public NodeWatch(List<URI> admins) {
        nodes = admins.stream().flatMap(NodeWatch::each).map(Watched::new).toList();
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "load-node-watch");
            thread.setDaemon(true);
            return thread;
        });
        nodes.forEach(node -> threads.execute(node::watch));
    }

    /** The measured time begins now. */
    public void zero() {
        zeroNanos = System.nanoTime();
    }

    /** What they said so far. */
    public List<NodeSeries> series() {
        return nodes.stream().map(Watched::series).toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Stream<URI> each(URI admin) {
        try {
            InetAddress[] all = InetAddress.getAllByName(admin.getHost());
            if (all.length < 2 || all[0].isLoopbackAddress()) return Stream.of(admin);
            return Stream.of(all).map(address -> at(admin, address));
        } catch (UnknownHostException e) {
            // It never answers: the report has no such node.
            return Stream.of(admin);
        }
    }

    private static URI at(URI admin, InetAddress address) {
        String host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return URI.create("http://" + host + ":" + admin.getPort());
    }

    /** One node. Written by its own thread. */
    private final class Watched {
        private final URI admin;
        private final List<Reading> readings = new ArrayList<>();

        Watched(URI admin) {
            this.admin = admin;
        }

        void watch() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Metrics metrics = Metrics.of(admin);
                    if (!metrics.values().isEmpty()) add(new Reading(System.nanoTime(), metrics));
                    TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void add(Reading reading) {
            readings.add(reading);
        }

        synchronized NodeSeries series() {
            List<NodeSample> samples = new ArrayList<>();
            Reading before = null;
            for (Reading each : readings) {
                samples.add(each.sample(zeroNanos, before));
                before = each;
            }
            return new NodeSeries(admin.toString(), samples);
        }
    }

    private record Reading(long nanos, Metrics metrics) {
        NodeSample sample(long zero, @Nullable Reading before) {
            return new NodeSample(
                    (nanos - zero) / 1e9,
                    cores(before),
                    metrics.get("process_resident_memory_bytes"),
                    metrics.get("jvm_memory_used_bytes{area=\"heap\"}"),
                    metrics.get("fanwire_connections"),
                    metrics.get("fanwire_deliveries_total"),
                    metrics.get("fanwire_history_reads_total"),
                    metrics.get("process_files_open_files"));
        }

        // The counter of a node that was started again meanwhile began at zero.
        private double cores(@Nullable Reading before) {
            if (before == null) return 0;
            long now = metrics.get("process_cpu_time_ns_total");
            long then = before.metrics.get("process_cpu_time_ns_total");
            return (double) (now < then ? now : now - then) / (nanos - before.nanos);
        }
    }
}
