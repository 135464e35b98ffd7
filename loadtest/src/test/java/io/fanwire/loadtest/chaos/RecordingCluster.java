package io.fanwire.loadtest.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Writes down what is done to it; thread-safe. */
final class RecordingCluster implements Cluster {
    private final ManualPace pace;
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<Part, Integer> exitCodes = new HashMap<>();
    private final List<Part> crashed = new ArrayList<>();

    RecordingCluster(ManualPace pace) {
        this.pace = pace;
    }

    synchronized void takes(String call, Duration time) {
        durations.put(call, time);
    }

    synchronized void fails(String call, String message) {
        failures.put(call, message);
    }

    synchronized void crash(Part part) {
        crashed.add(part);
    }

    /** Must be killed in the end when it is to be drained. */
    synchronized void resists(Part part) {
        exitCodes.put(part, 137);
    }

    /** Comes to that when it is drained. */
    synchronized void endsWith(Part part, int exitCode) {
        exitCodes.put(part, exitCode);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public List<URI> urls() {
        return List.of(URI.create("ws://localhost:1/ws"));
    }

    @Override
    public List<URI> metrics() {
        return List.of();
    }

    @Override
    public synchronized boolean isRunning(Part part) {
        return !crashed.contains(part);
    }

    @Override
    public void kill(Part part) {
        call("kill " + part);
    }

    @Override
    public void start(Part part) {
        call("start " + part);
    }

    @Override
    public void restore(Part part) {
        call("restore " + part);
    }

    @Override
    public List<String> redis(String... words) {
        if (words[1].equals("LIST")) return List.of("id=7 name=x", "id=8 name=y");
        call(String.join(" ", words));
        return List.of("2");
    }

    @Override
    public void detachReplica() {
        call("detach replica");
    }

    @Override
    public void promoteReplica() {
        call("promote replica");
    }

    @Override
    public void pause(Part part) {
        call("pause " + part);
    }

    @Override
    public void resume(Part part) {
        call("resume " + part);
    }

    @Override
    public synchronized CompletableFuture<Departure> drain(Part part) {
        call("drain " + part);
        int exitCode = exitCodes.getOrDefault(part, 0);
        return CompletableFuture.completedFuture(new Departure(Duration.ofSeconds(1), exitCode));
    }

    @Override
    public void disconnect(Part part) {
        call("disconnect " + part);
    }

    @Override
    public void reconnect(Part part) {
        call("reconnect " + part);
    }

    @Override
    public void close() {}

    private synchronized void call(String call) {
        calls.add(call);
        pace.pass(durations.getOrDefault(call, Duration.ZERO));
        if (failures.containsKey(call)) throw new IllegalStateException(failures.get(call));
    }
}
