package io.fanwire.loadtest.chaos;

import io.fanwire.harness.HarnessException;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.TcpForwarder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Stands for a Kubernetes Service: one address, and behind it the nodes that are ready by their probes and have not been
 * told to end. As with kube-proxy a new connection comes to any of them, those that are there stay when theirs goes
 * away, and one that comes when there is none is reset.
 *
 * <p>Methods may be called from any thread. Probes run on threads of its own, as many as there are nodes: one that hangs
 * keeps no other waiting.
 */
final class ServicePort implements AutoCloseable {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

    private record Pod(Probe probe, ScheduledFuture<?> probing) {}

    private final ServiceSetup setup;
    private final Map<NodeProcess, Pod> pods = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;
    private final ExecutorService departures = Executors.newCachedThreadPool(ServicePort::thread);
    private final TcpForwarder forwarder = TcpForwarder.toEach(this::any);

    ServicePort(ServiceSetup setup, int nodes) {
        this.setup = setup;
        this.threads = Executors.newScheduledThreadPool(nodes, ServicePort::thread);
    }

    /** For clients: the only address that they know. */
    URI url() {
        return URI.create("ws://localhost:" + forwarder.port() + "/ws");
    }

    /**
     * Probes a node that has been started, and waits until it is an endpoint.
     *
     * @throws HarnessException if it isn't within 30 s
     */
    void admit(NodeProcess node) {
        Probe probe = new Probe(setup.probeFailures(), () -> node.isAlive() && node.isReady(setup.probeTimeout()));
        long period = setup.probePeriod().toNanos();
        dismiss(node);
        pods.put(node, new Pod(probe, threads.scheduleAtFixedRate(probe, 0, period, TimeUnit.NANOSECONDS)));
        await(probe, node);
    }

    /** It is no endpoint any more, whatever it says of itself. */
    void dismiss(NodeProcess node) {
        Pod pod = pods.remove(node);
        if (pod != null) pod.probing().cancel(false);
    }

    /** Ends a node as its pod would be: within the grace period, which begins now, or by SIGKILL. Returns at once. */
    CompletableFuture<Departure> terminate(NodeProcess node, Duration gracePeriod) {
        Runnable end = switch (setup.removal()) {
            case BEFORE -> () -> dismissAndStop(node, gracePeriod);
            case AFTER -> () -> stopAndDismiss(node, gracePeriod);
        };
        return CompletableFuture.supplyAsync(() -> Departure.of(node, end), departures);
    }

    /** The client ports of those that new connections come to. */
    List<Integer> endpoints() {
        return pods.entrySet().stream()
                .filter(each -> each.getValue().probe().isReady())
                .map(each -> each.getKey().spec().port())
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        departures.shutdown();
        forwarder.close();
    }

    private void dismissAndStop(NodeProcess node, Duration gracePeriod) {
        dismiss(node);
        // It waits for a SIGTERM that is on its way.
        node.awaitExit(setup.removalDelay());
        node.stop(gracePeriod.minus(setup.removalDelay()));
    }

    private void stopAndDismiss(NodeProcess node, Duration gracePeriod) {
        long delay = setup.removalDelay().toNanos();
        ScheduledFuture<?> dismissal = threads.schedule(() -> dismiss(node), delay, TimeUnit.NANOSECONDS);
        node.stop(gracePeriod);
        // If it is started again, it is another pod.
        dismissal.cancel(false);
        dismiss(node);
    }

    private OptionalInt any() {
        List<Integer> ports = endpoints();
        if (ports.isEmpty()) return OptionalInt.empty();
        return OptionalInt.of(ports.get(ThreadLocalRandom.current().nextInt(ports.size())));
    }

    private static void await(Probe probe, NodeProcess node) {
        try {
            probe.firstReady()
                    .orTimeout(READY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new HarnessException("node on port " + node.spec().port() + " is not ready by its probe", e);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "fanwire-service");
        thread.setDaemon(true);
        return thread;
    }
}
