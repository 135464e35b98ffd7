package io.fanwire.loadtest.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/**
 * Containers of a compose project, whose services are {@code node} and {@code redis}. They were there before and stay;
 * a start does not wait for their health.
 */
public final class DockerCluster implements Cluster {
    private final List<URI> urls;
    private final List<URI> metrics;
    private final SortedMap<Part, Container> containers;
    private final Map<Part, List<Attachment>> cutOff = new HashMap<>();

    private DockerCluster(List<URI> urls, List<URI> metrics, SortedMap<Part, Container> containers) {
        this.urls = List.copyOf(urls);
        this.metrics = List.copyOf(metrics);
        this.containers = containers;
    }

    /**
     * Finds the containers.
     *
     * @param project of compose, in which they are
     * @param nodes how many there have to be
     * @throws PlanException if one of them, or Redis, is not there or does not run
     * @throws io.fanwire.loadtest.scenario.ScenarioException if Docker does not answer
     */
    public static DockerCluster of(String project, int nodes, List<URI> urls, List<URI> metrics) {
        SortedMap<Part, Container> containers = Container.of(project);
        DockerCluster cluster = new DockerCluster(urls, metrics, containers);
        cluster.require(Part.REDIS, project);
        for (int i = 1; i <= nodes; i++) cluster.require(Part.node(i), project);
        return cluster;
    }

    @Override
    public List<URI> urls() {
        return urls;
    }

    @Override
    public List<URI> metrics() {
        return metrics;
    }

    @Override
    public boolean isRunning(Part part) {
        return Docker.run("inspect", "--format", "{{.State.Running}}", id(part)).equals(List.of("true"));
    }

    @Override
    public void kill(Part part) {
        Docker.run("kill", id(part));
    }

    @Override
    public void start(Part part) {
        Docker.run("start", id(part));
    }

    @Override
    public void restore(Part part) {
        throw new PlanException("what a container of " + part + " keeps is not known");
    }

    @Override
    public List<String> redis(String... words) {
        List<String> command = new ArrayList<>(List.of("exec", id(Part.REDIS), "redis-cli"));
        command.addAll(List.of(words));
        return Docker.run(command.toArray(String[]::new));
    }

    @Override
    public void detachReplica() {
        throw new PlanException("there is no replica of Redis among the containers");
    }

    @Override
    public void promoteReplica() {
        detachReplica();
    }

    @Override
    public void pause(Part part) {
        Docker.run("pause", id(part));
    }

    @Override
    public void resume(Part part) {
        Docker.run("unpause", id(part));
    }

    @Override
    public CompletableFuture<Departure> drain(Part part) {
        long start = System.nanoTime();
        Docker.run("stop", id(part));
        List<String> exitCode = Docker.run("inspect", "--format", "{{.State.ExitCode}}", id(part));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return CompletableFuture.completedFuture(new Departure(time, Integer.parseInt(exitCode.get(0))));
    }

    @Override
    public void disconnect(Part part) {
        List<Attachment> attachments = Attachment.of(id(part));
        if (attachments.isEmpty()) throw new PlanException(part + " has no network that it could be cut from");
        cutOff.put(part, attachments);
        attachments.forEach(each -> each.cut(id(part)));
    }

    @Override
    public void reconnect(Part part) {
        List<Attachment> attachments = cutOff.remove(part);
        if (attachments != null) attachments.forEach(each -> each.restore(id(part)));
    }

    @Override
    public void close() {}

    private void require(Part part, String project) {
        Container container = containers.get(part);
        if (container == null)
            throw new PlanException("there is no container for " + part + " in the compose project " + project + "; "
                    + (containers.isEmpty() ? "it has none at all" : "it has " + containers.values()));
        if (!container.state().equals("running"))
            throw new PlanException("the container of " + part + ", " + container + ", is " + container.state());
    }

    private String id(Part part) {
        Container container = containers.get(part);
        if (container == null) throw new PlanException("there is no container for " + part);
        return container.id();
    }
}
