package io.fanwire.loadtest.chaos;

import io.fanwire.harness.RedisPersistence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a file. */
final class PlanReader {
    private static final String START_WITH = "start-with";
    private static final String SETTINGS = "settings";
    private static final String SETTINGS_FROM = "settings-from";
    private static final String GRACE_PERIOD = "grace-period";
    private static final String SERVICE = "service";
    private static final String EXPECT = "expect";
    private static final List<String> ALLOWED = List.of(
            "nodes",
            START_WITH,
            SETTINGS,
            SETTINGS_FROM,
            GRACE_PERIOD,
            SERVICE,
            "redis",
            "for",
            "traffic",
            EXPECT,
            "steps");
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
                expect(fields),
                steps(fields.items("steps", EXAMPLE)));
    }

    private NodeSetup nodes(Fields plan) {
        int count = plan.number("nodes", Plan.MAX_NODES, 3);
        int atStart = plan.names().contains(START_WITH) ? plan.number(START_WITH, count, 2) : count;
        Map<String, String> settings = new TreeMap<>(settingsFrom(plan));
        settings.putAll(settings(plan));
        boolean isGiven = plan.names().contains(GRACE_PERIOD);
        Duration gracePeriod = isGiven ? plan.duration(GRACE_PERIOD, "90s") : NodeSetup.GRACE_PERIOD;
        return new NodeSetup(count, atStart, settings, gracePeriod, service(plan, gracePeriod));
    }

    /** Relative to the plan, wherever the tool is started. */
    private Map<String, String> settingsFrom(Fields plan) {
        if (!plan.names().contains(SETTINGS_FROM)) return Map.of();
        return SettingsFile.read(file.resolveSibling(plan.text(SETTINGS_FROM, "../../k8s/base/fanwire.env")));
    }

    private @Nullable ServiceSetup service(Fields plan, Duration gracePeriod) {
        if (!plan.names().contains(SERVICE)) return null;
        return new ServiceReader(Fields.of(file, plan.value(SERVICE, ""), ServiceReader.EXAMPLE)).read(gracePeriod);
    }

    private Map<Bound, Double> expect(Fields plan) {
        if (!plan.names().contains(EXPECT)) return Map.of();
        Fields fields = Fields.of(
                file, plan.value(EXPECT, ""), "what to expect, like {" + Bound.DISCONNECTED_IN_A_SECOND + ": 3%}");
        fields.allow(Bound.names());
        Map<Bound, Double> most = new EnumMap<>(Bound.class);
        for (String name : fields.names()) most.put(Bound.of(name).orElseThrow(), fields.percent(name, "3%"));
        return most;
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
