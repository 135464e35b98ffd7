package io.fanwire.loadtest.load;

import io.fanwire.loadtest.scenario.Targets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whom to load: a cluster that is there, or one that is started for the run. */
final class TargetOptions {
    private static final URI DEFAULT_URL = URI.create("ws://localhost:8080/ws");
    private static final int MAX_NODES = 20;
    private static final int MAX_PORT = 65_535;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A node or a load balancer; repeat it for more, clients are spread over them."
                    + " Default: ws://localhost:8080/ws")
    private List<URI> urls = new ArrayList<>();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Instead of --url: starts a private Redis and so many nodes here, for this run.")
    private int nodes;

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            description = "A node's admin port, like http://localhost:9090; repeat it for more. A name with several"
                    + " addresses is as many nodes. Their CPU and memory get into the report. With --nodes they are"
                    + " known.")
    private List<URI> metrics = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Local addresses to connect from, in turn. One has some 28,000 ports to one target."
                    + " Default: the system's choice, or as many of 127.0.0.0/8 as are needed if the target is there.")
    private List<String> from = new ArrayList<>();

    /** 0: those at the URLs are used. */
    int nodes() {
        if (nodes != 0) OptionCheck.upTo(MAX_NODES, "--nodes", nodes, spec);
        if (nodes > 0 && !urls.isEmpty()) throw wrong("--nodes and --url exclude each other");
        return nodes;
    }

    /** Those that were named. */
    Targets targets() {
        List<URI> all = urls.isEmpty() ? List.of(DEFAULT_URL) : urls;
        all.forEach(this::check);
        for (URI each : metrics) {
            if (!"http".equals(each.getScheme()) || each.getHost() == null || each.getPort() < 0 || !isPort(each))
                throw wrong("--metrics must be like http://host:9090: " + each);
        }
        from.forEach(this::checkFrom);
        return new Targets(all, metrics, from);
    }

    /** With these instead of those that were named. */
    Targets targets(List<URI> urlsNow, List<URI> metricsNow) {
        from.forEach(this::checkFrom);
        return new Targets(urlsNow, metricsNow, from);
    }

    private void check(URI url) {
        if (!"ws".equals(url.getScheme()) || url.getHost() == null || !isPort(url))
            throw wrong("--url must be like ws://host:8080/ws: " + url);
    }

    /** Or none. */
    private static boolean isPort(URI url) {
        return url.getPort() != 0 && url.getPort() <= MAX_PORT;
    }

    // Whether it can be used shows here only if the clients are to be here.
    private void checkFrom(String address) {
        try {
            InetAddress own = InetAddress.getByName(address);
            if (!isSharedElsewhere()) new ServerSocket(0, 1, own).close();
        } catch (UnknownHostException e) {
            throw wrong("--from: no such address: " + address);
        } catch (IOException e) {
            throw wrong("--from must be an address of this machine: " + address);
        }
    }

    private boolean isSharedElsewhere() {
        OptionSpec workers = spec.findOption("--workers");
        return workers != null && workers.getValue() instanceof Integer count && count > 0;
    }

    private ParameterException wrong(String message) {
        return OptionCheck.wrong(message, spec);
    }
}
