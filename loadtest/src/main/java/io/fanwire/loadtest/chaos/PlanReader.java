package io.fanwire.loadtest.chaos;

import io.fanwire.harness.RedisPersistence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a plan of a file. */
final class PlanReader {
    private static final String START_WITH = "start-with";
    private static final String SETTINGS = "settings";
    private static final List<String> ALLOWED =
            List.of("nodes", START_WITH, SETTINGS, "redis", "for", "traffic", "steps");
    private static final String EXAMPLE = "{at: 20s, kill: node 2}";
    private static final String SETTING = "FANWIRE_DRAIN_DURATION";
    private static final String PERSISTENCE = "persistence";
    private static final String REPLICA = "replica";
    private static final int MOST = 1_000_000;

    private final Path file;

    PlanReader(Path file) {
        this.file = file;
    }

    Plan read() {
        Fields fields = Fields.of(file, YamlFile.read(file), "a plan with " + String.join(", ", ALLOWED));
        fields.allow(ALLOWED);
        return new Plan(
                file,
                nodes(fields),
                redis(fields),
                fields.duration("for", "120s"),
                traffic(fields),
                steps(fields.items("steps", EXAMPLE)));
    }

    private NodeSetup nodes(Fields plan) {
        int count = plan.number("nodes", Plan.MAX_NODES, 3);
        int atStart = plan.names().contains(START_WITH) ? plan.number(START_WITH, count, 2) : count;
        return new NodeSetup(count, atStart, settings(plan));
    }

    private Map<String, String> settings(Fields plan) {
        if (!plan.names().contains(SETTINGS)) return Map.of();
        Fields fields = Fields.of(file, plan.value(SETTINGS, ""), "settings like {" + SETTING + ": 10s}");
        Map<String, String> settings = new TreeMap<>();
        for (String name : fields.names()) {
            if (!name.startsWith("FANWIRE_"))
                throw fields.wrong("a node's setting is like " + SETTING + ", not " + name);
            settings.put(name, fields.text(name, "10s"));
        }
        return settings;
    }

    private RedisSetup redis(Fields plan) {
        if (!plan.names().contains("redis")) return RedisSetup.PLAIN;
        Fields fields = Fields.of(file, plan.value("redis", ""), "a Redis like {persistence: everysec, replica: true}");
        fields.allow(List.of(PERSISTENCE, REPLICA));
        RedisPersistence persistence = fields.names().contains(PERSISTENCE)
                ? fields.oneOf(PERSISTENCE, RedisPersistence.class)
                : RedisPersistence.NONE;
        return new RedisSetup(persistence, fields.flag(REPLICA));
    }

    private Traffic traffic(Fields plan) {
        if (!plan.names().contains("traffic")) return new Traffic(Map.of());
        Fields fields = Fields.of(file, plan.value("traffic", ""), "traffic like {topics: 30, rate: 500}");
        fields.allow(Traffic.NAMES);
        Map<String, Integer> amounts = new TreeMap<>();
        for (String name : fields.names()) amounts.put(name, fields.number(name, MOST, 500));
        return new Traffic(amounts);
    }

    /** In the file they have to be in order, because a reader takes it for granted; the ends of what lasts are not. */
    private List<Step> steps(List<Value> values) {
        List<Step> steps = new ArrayList<>();
        Duration last = Duration.ZERO;
        for (Value value : values) {
            Fields fields = Fields.of(file, value, "a step like " + EXAMPLE);
            List<Step> some = new StepReader(fields).read();
            Step first = some.get(0);
            if (first.at().compareTo(last) < 0) throw fields.wrong(first + " comes after a step at " + Step.text(last));
            last = first.at();
            steps.addAll(some);
        }
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }
}
