package io.fanwire.loadtest.load;

import io.fanwire.loadtest.scenario.FanOutPlan;
import io.fanwire.loadtest.scenario.PayloadSizes;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Who publishes what to whom, of all processes together. */
final class TrafficOptions {
    private static final int MAX_CLIENTS = 1_000_000;
    private static final int MAX_TOPICS = 1_000_000;
    private static final int MAX_RATE = 10_000_000;
    private static final int MAX_LOOPS = 64;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--topics", paramLabel = "N", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
    private int topics;

    @Option(
            names = "--subscribers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Each has one topic, in turn. Default: ${DEFAULT-VALUE}")
    private int subscribers;

    @Option(names = "--publishers", paramLabel = "N", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}")
    private int publishers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Publications per second, due at fixed times: one that is late keeps its time, and its latency"
                            + " counts from there. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "128 is that; 64-1024 is all between, as often; 100:70,1024:25,16384:5 is weighted sizes."
                    + " Default: ${DEFAULT-VALUE}")
    private String payload = "128";

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            description = "Topics are NAME-0, NAME-1 and so on; nobody else may publish to them. Default: a new one for"
                    + " each run")
    private String prefix =
            "load-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Threads of subscribers in each process. Default: half of the cores")
    private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** What other processes have to know to do their share of the same run. */
    List<String> shared() {
        return List.of("--prefix", prefix);
    }

    int rate() {
        return rate;
    }

    int subscribers() {
        return subscribers;
    }

    /** @throws ParameterException if it makes no sense */
    FanOutPlan plan(boolean saturate) {
        OptionCheck.upTo(MAX_TOPICS, "--topics", topics, spec);
        OptionCheck.upTo(MAX_CLIENTS, "--subscribers", subscribers, spec);
        OptionCheck.upTo(MAX_CLIENTS, "--publishers", publishers, spec);
        OptionCheck.upTo(MAX_RATE, "--rate", rate, spec);
        OptionCheck.upTo(MAX_LOOPS, "--loops", loops, spec);
        if (topics > subscribers) throw wrong("--topics must be at most --subscribers: " + topics);
        try {
            return new FanOutPlan(
                    prefix, topics, subscribers, publishers, saturate ? 0 : rate, PayloadSizes.parse(payload), loops);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return OptionCheck.wrong(message, spec);
    }
}
