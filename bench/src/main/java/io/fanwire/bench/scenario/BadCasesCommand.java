package io.fanwire.bench.scenario;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What clients may do without anybody else noticing. */
@Command(
        name = "bad",
        description = "Measures what a node's other clients notice of those that behave badly.",
        mixinStandardHelpOptions = true)
public final class BadCasesCommand implements Callable<Integer> {
    @Mixin
    private BedOptions bed = new BedOptions();

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Cases with this in their name: unread, trickle, swell, churn.")
    private String only = "";

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Clients that behave well. Default: ${DEFAULT-VALUE}")
    private int readers;

    @Option(
            names = "--stuck",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Clients that don't read, or a byte a second. Default: ${DEFAULT-VALUE}")
    private int stuck;

    @Option(
            names = "--crowd",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Subscribers that a topic swells to. Default: ${DEFAULT-VALUE}")
    private int crowd;

    @Option(
            names = "--churn",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Subscribes and unsubscribes per second. Default: ${DEFAULT-VALUE}")
    private int churn;

    @Override
    public Integer call() {
        Bed shared = bed.bed(Duration.ofSeconds(6));
        Findings findings = new Findings();
        for (StuckClients.Habit habit : StuckClients.Habit.values()) {
            if (habit.name.contains(only)) new StuckClients(shared, habit, readers, stuck).run(findings);
        }
        if (Swell.NAME.contains(only)) new Swell(shared, crowd).run(findings);
        if (ChurnCase.NAME.contains(only)) new ChurnCase(shared, readers, churn).run(findings);
        System.out.println(findings);
        return 0;
    }
}
