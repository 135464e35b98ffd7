package io.fanwire.loadtest.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What has been done to a cluster and is still to be undone. Thread-safe. */
final class Damage {
    private final Cluster cluster;
    private final Map<Part, Condition> conditions = new TreeMap<>();
    /** Of those nodes that were drained last; who is started again must have ended. */
    private final Map<Part, CompletableFuture<Departure>> departures = new TreeMap<>();

    private final List<String> remarks = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Damage(Cluster cluster, NodeSetup nodes) {
        this.cluster = cluster;
        conditions.put(Part.REDIS, Condition.RUNNING);
        conditions.put(Part.CLIENTS, Condition.RUNNING);
        for (int i = 1; i <= nodes.count(); i++) conditions.put(Part.node(i), atFirst(nodes, Part.node(i)));
    }

    private static Condition atFirst(NodeSetup nodes, Part node) {
        return nodes.isAtStart(node) ? Condition.RUNNING : Condition.DOWN;
    }

    /** Of a fault that fails half way, it isn't known whether it happened: then it counts as something to repair. */
    synchronized void inflict(Deed.Fault fault) {
        Verb verb = fault.verb();
        conditions.put(fault.part(), verb.from() == Condition.RUNNING ? verb.to() : verb.from());
        carryOut(fault);
        conditions.put(fault.part(), verb.to());
    }

    /** Returns what came of it, in words. */
    synchronized String inflict(Deed.Incident incident) {
        return incident.happen(cluster);
    }

    /** How those ended that were drained; waits for them. */
    synchronized List<String> remarks() {
        List.copyOf(departures.keySet()).forEach(this::awaitDeparture);
        return List.copyOf(remarks);
    }

    /** What is wrong with the parts themselves: who is down without having been told to, or was and did not obey. */
    synchronized List<String> complaints() {
        List.copyOf(departures.keySet()).forEach(this::awaitDeparture);
        List<String> all = new ArrayList<>(complaints);
        conditions.forEach((part, condition) -> {
            if (condition == Condition.RUNNING && !part.equals(Part.CLIENTS) && !cluster.isRunning(part))
                all.add(part + " has ended by itself");
        });
        return all;
    }

    /**
     * Makes every part whole, as far as it can be.
     *
     * @param tell gets what is about to be done
     * @throws RuntimeException of the first part that can't be; the others are whole then
     */
    synchronized void repair(Consumer<Deed> tell) {
        RuntimeException failure = null;
        for (Map.Entry<Part, Condition> each : conditions.entrySet()) {
            if (each.getValue() == Condition.RUNNING) continue;
            Deed.Fault fault = new Deed.Fault(each.getValue().repair(), each.getKey());
            each.setValue(Condition.RUNNING);
            try {
                tell.accept(fault);
                carryOut(fault);
            } catch (RuntimeException e) {
                if (failure == null) failure = e;
            }
        }
        if (failure != null) throw failure;
    }

    private void start(Part part) {
        awaitDeparture(part);
        cluster.start(part);
    }

    private void awaitDeparture(Part part) {
        CompletableFuture<Departure> departing = departures.remove(part);
        if (departing == null) return;
        Departure departure = departing.join();
        remarks.add(part + " " + departure);
        if (departure.isKilled()) complaints.add(part + " did not end when it was asked to, and was killed");
        else if (!departure.isClean()) complaints.add(part + " " + departure);
    }

    private void carryOut(Deed.Fault fault) {
        Part part = fault.part();
        switch (fault.verb()) {
            case KILL -> cluster.kill(part);
            case START -> start(part);
            case RESTORE -> cluster.restore(part);
            case PAUSE -> cluster.pause(part);
            case RESUME -> cluster.resume(part);
            case DRAIN -> departures.put(part, cluster.drain(part));
            case DISCONNECT -> cluster.disconnect(part);
            case RECONNECT -> cluster.reconnect(part);
        }
    }
}
