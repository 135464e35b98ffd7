package io.fanwire.k8s.container;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** A network of Docker's, and the containers in it: all go when it is closed. */
final class PodNetwork implements AutoCloseable {
    private static final String REDIS = "redis:7-alpine";

    private final String name = "fanwire-k8s-" + UUID.randomUUID();
    private final Deque<Pod> pods = new ArrayDeque<>();

    private PodNetwork() {
        Docker.run("network", "create", name);
    }

    /** Skips the test where there is no Docker. */
    static PodNetwork create() {
        NodeImage.requireDocker();
        return new PodNetwork();
    }

    /** Known to the others as {@code redis}, as the Service of the overlay is; answers soon. */
    Pod redis(String... options) {
        List<String> command = new ArrayList<>(List.of("redis-server", "--save", "", "--appendonly", "no"));
        command.addAll(List.of(options));
        return add(
                Pod.run(REDIS, List.of("--network", name, "--network-alias", "redis"), command.toArray(String[]::new)));
    }

    /** Begins to start a node. */
    Pod node(PodSpec spec) {
        return run("node", spec);
    }

    /** Begins to start the load tool. */
    Pod load(PodSpec spec) {
        return run("load", spec);
    }

    @Override
    public void close() {
        while (!pods.isEmpty()) pods.pop().close();
        Docker.run("network", "rm", name);
    }

    private Pod run(String target, PodSpec spec) {
        List<String> options = new ArrayList<>(spec.options());
        if (!options.contains("--network")) options.addAll(List.of("--network", name));
        return add(Pod.run(NodeImage.of(target), options, spec.command().toArray(String[]::new)));
    }

    private Pod add(Pod pod) {
        pods.push(pod);
        return pod;
    }
}
