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
        int atStart = plan.find(START_WITH, name -> plan.number(name, count, 2)).orElse(count);
        Map<String, String> settings = new TreeMap<>(settingsFrom(plan));
        settings.putAll(settings(plan));
        Duration gracePeriod =
                plan.find(GRACE_PERIOD, name -> plan.duration(name, "90s")).orElse(NodeSetup.GRACE_PERIOD);
        return new NodeSetup(count, atStart, settings, gracePeriod, service(plan, gracePeriod));
    }

    /** Relative to the plan, wherever the tool is started. */
    private Map<String, String> settingsFrom(Fields plan) {
        return plan.find(SETTINGS_FROM, name -> plan.text(name, "../../k8s/base/fanwire.env"))
                .map(file::resolveSibling)
                .map(SettingsFile::read)
                .orElse(Map.of());
    }

    private @Nullable ServiceSetup service(Fields plan, Duration gracePeriod) {
        return plan.mapping(SERVICE, ServiceReader.EXAMPLE)
                .map(service -> new ServiceReader(service).read(gracePeriod))
                .orElse(null);
    }

    private Map<Bound, Double> expect(Fields plan) {
        String what = "what to expect, like {" + Bound.DISCONNECTED_IN_A_SECOND + ": 3%}";
        return plan.mapping(EXPECT, what).map(PlanReader::bounds).orElse(Map.of());
    }

    private static Map<Bound, Double> bounds(Fields fields) {
        fields.allow(Bound.names());
        Map<Bound, Double> most = new EnumMap<>(Bound.class);
        for (String name : fields.names()) most.put(Bound.of(name).orElseThrow(), fields.percent(name, "3%"));
        return most;
    }

    private Map<String, String> settings(Fields plan) {
        return plan.mapping(SETTINGS, "settings like {" + SETTING + ": 10s}")
                .map(PlanReader::variables)
                .orElse(Map.of());
    }

    private static Map<String, String> variables(Fields fields) {
        Map<String, String> settings = new TreeMap<>();
        for (String name : fields.names()) {
            if (!name.startsWith("FANWIRE_"))
                throw fields.wrong("a node's setting is like " + SETTING + ", not " + name);
            settings.put(name, fields.text(name, "10s"));
        }
        return settings;
    }

    private RedisSetup redis(Fields plan) {
        return plan.mapping("redis", "a Redis like {persistence: everysec, replica: true}")
                .map(PlanReader::setup)
                .orElse(RedisSetup.PLAIN);
    }

    private static RedisSetup setup(Fields fields) {
        fields.allow(List.of(PERSISTENCE, REPLICA));
        RedisPersistence persistence = fields.find(PERSISTENCE, name -> fields.oneOf(name, RedisPersistence.class))
                .orElse(RedisPersistence.NONE);
        return new RedisSetup(persistence, fields.flag(REPLICA));
    }

    private Traffic traffic(Fields plan) {
        return new Traffic(plan.mapping("traffic", "traffic like {topics: 30, rate: 500}")
                .map(PlanReader::amounts)
                .orElse(Map.of()));
    }

    private static Map<String, Integer> amounts(Fields fields) {
        fields.allow(Traffic.NAMES);
        Map<String, Integer> amounts = new TreeMap<>();
        for (String name : fields.names()) amounts.put(name, fields.number(name, MOST, 500));
        return amounts;
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
