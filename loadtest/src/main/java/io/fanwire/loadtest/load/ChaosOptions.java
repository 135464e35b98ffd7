package io.fanwire.loadtest.load;

import io.fanwire.loadtest.chaos.Driver;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which plan, for which cluster, and where the result goes. */
final class ChaosOptions {
    private static final URI DEFAULT_URL = URI.create("ws://localhost:8080/ws");

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--plan", paramLabel = "FILE", required = true, description = "What is to happen, and when.")
    private Path plan = Path.of("");

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            defaultValue = "process",
            description =
                    "${COMPLETION-CANDIDATES}: process starts nodes and Redis here, for this run; docker takes the"
                            + " containers of a compose project that runs. Default: ${DEFAULT-VALUE}")
    private Driver driver = Driver.PROCESS;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            defaultValue = "fanwire",
            description = "Of compose, for --driver docker. Default: ${DEFAULT-VALUE}")
    private String project = "fanwire";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "For --driver docker: the load balancer, or a node; repeat it for more."
                    + " Default: ws://localhost:8080/ws")
    private List<URI> urls = new ArrayList<>();

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            description = "For --driver docker: a node's admin port, like http://localhost:9090; repeat it for more.")
    private List<URI> metrics = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Keeps the result, for the report command.")
    private @Nullable Path json;

    @Option(names = "--report", paramLabel = "FILE", description = "Makes a page of the result, in HTML.")
    private @Nullable Path report;

    /** @throws ParameterException if a file can't be written */
    void check() {
        OptionCheck.writable("--json", json, spec);
        OptionCheck.writable("--report", report, spec);
    }

    Path plan() {
        return plan;
    }

    Driver driver() {
        if (driver == Driver.PROCESS && !(urls.isEmpty() && metrics.isEmpty()))
            throw wrong("--url and --metrics are for --driver docker; process knows its own nodes");
        return driver;
    }

    String project() {
        return project;
    }

    List<URI> urls() {
        return urls.isEmpty() ? List.of(DEFAULT_URL) : urls;
    }

    List<URI> metrics() {
        return metrics;
    }

    @Nullable
    Path json() {
        return json;
    }

    @Nullable
    Path report() {
        return report;
    }

    private ParameterException wrong(String message) {
        return OptionCheck.wrong(message, spec);
    }
}
