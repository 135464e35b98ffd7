package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes one step of its fields, or two of one that lasts a while. */
final class StepReader {
    private static final int MOST_CLIENTS = 10_000;
    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final int MOST_BYTES = 1_000_000_000;
    private static final String FOR = "for";
    private static final String KEEP = "keep-data";
    private static final String LACKING = "lacking";
    private static final String MIN_READY = "min-ready";
    private static final String SPEED = "bytes-per-second";

    /** What a step can be, and what else it has to say. */
    private enum Kind {
        KILL,
        START(KEEP),
        PAUSE(FOR),
        RESTART(FOR, KEEP),
        DRAIN,
        ROLL(MIN_READY),
        DISCONNECT(FOR),
        CLIENTS_OFFLINE,
        KILL_CONNECTIONS,
        OVERFLOW,
        PROMOTE(LACKING),
        SLOW_SUBSCRIBERS(SPEED),
        HALF_OPEN,
        NEVER_READERS(FOR),
        IDLE_CONNECTIONS(FOR),
        SLOW_HANDSHAKES(FOR),
        CONNECT_BURST(FOR);

        private final List<String> fields;

        Kind(String... more) {
            fields = Stream.concat(Stream.of("at", toString()), Stream.of(more)).toList();
        }

        static String all() {
            return Arrays.stream(values()).map(Kind::toString).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Fields fields;
    private final Kind kind;
    private final Duration at;

    StepReader(Fields fields) {
        this.fields = fields;
        this.kind = kind();
        fields.allow(kind.fields);
        this.at = fields.moment("at", "20s");
    }

    List<Step> read() {
        return switch (kind) {
            case KILL -> fault(Verb.KILL);
            case START -> fault(start());
            case DRAIN -> fault(Verb.DRAIN);
            case ROLL -> roll();
            case PAUSE -> faults(Verb.PAUSE, Verb.RESUME);
            case RESTART -> faults(Verb.KILL, start());
            case DISCONNECT -> faults(Verb.DISCONNECT, Verb.RECONNECT);
            case CLIENTS_OFFLINE -> clientsOffline();
            case KILL_CONNECTIONS -> one(new Deed.KillConnections(connections()));
            case OVERFLOW -> one(new Deed.Overflow(connections()));
            case PROMOTE -> promote();
            case SLOW_SUBSCRIBERS -> one(new Deed.SlowSubscribers(clients(), fields.number(SPEED, MOST_BYTES, 1_000)));
            case HALF_OPEN -> one(new Deed.HalfOpen(clients()));
            case NEVER_READERS -> one(new Deed.NeverReaders(clients(), lasting()));
            case IDLE_CONNECTIONS -> one(new Deed.Attack(Manner.IDLE, clients(), lasting()));
            case SLOW_HANDSHAKES -> one(new Deed.Attack(Manner.SLOW_HANDSHAKE, clients(), lasting()));
            case CONNECT_BURST -> one(new Deed.Attack(Manner.BURST, attempts(), lasting()));
        };
    }

    private Kind kind() {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(each -> fields.names().contains(each.toString()))
                .toList();
        if (kinds.size() == 1) return kinds.get(0);
        if (kinds.isEmpty()) throw fields.wrong(unknown());
        throw fields.wrong("a step does one thing, not both " + kinds.get(0) + " and " + kinds.get(1));
    }

    private String unknown() {
        Set<String> others = Set.of("at", FOR, KEEP, LACKING, SPEED, MIN_READY);
        String name = fields.names().stream()
                .filter(each -> !others.contains(each))
                .findFirst()
                .map(each -> "unknown step \"" + each + "\"")
                .orElse("a step that does nothing");
        return name + "; allowed are " + Kind.all();
    }

    private List<Step> fault(Verb verb) {
        return one(new Deed.Fault(verb, part()));
    }

    private List<Step> faults(Verb first, Verb second) {
        Step end = new Step(fields.line(), at.plus(fields.duration(FOR, "5s")), new Deed.Fault(second, part()));
        return List.of(one(new Deed.Fault(first, part())).get(0), end);
    }

    private List<Step> clientsOffline() {
        Duration end = at.plus(fields.duration(kind.toString(), "15s"));
        Step begin = one(new Deed.Fault(Verb.DISCONNECT, Part.CLIENTS)).get(0);
        return List.of(begin, new Step(fields.line(), end, new Deed.Fault(Verb.RECONNECT, Part.CLIENTS)));
    }

    private List<Step> promote() {
        String name = fields.text(kind.toString(), "replica");
        if (!name.equals("replica")) throw fields.wrong("promote what? only a replica can be promoted, not " + name);
        Step begin = one(new Deed.DetachReplica()).get(0);
        Duration end = at.plus(fields.duration(LACKING, "2s"));
        return List.of(begin, new Step(fields.line(), end, new Deed.PromoteReplica()));
    }

    private List<Step> roll() {
        String name = fields.text(kind.toString(), "nodes");
        if (!name.equals("nodes")) throw fields.wrong("roll what? only nodes can be, not " + name);
        return one(new Deed.Roll(fields.duration(MIN_READY, "10s")));
    }

    private Verb start() {
        if (!fields.flag(KEEP)) return Verb.START;
        if (part().isNode()) throw fields.wrong("keep-data: a node has no data, only redis has");
        return Verb.RESTORE;
    }

    private ConnectionType connections() {
        String name = fields.text(kind.toString(), "pubsub");
        return ConnectionType.of(name)
                .orElseThrow(() -> fields.wrong(kind + " what? \"" + name + "\" is neither pubsub nor normal"));
    }

    private List<Step> one(Deed deed) {
        return List.of(new Step(fields.line(), at, deed));
    }

    private Part part() {
        String name = fields.text(kind.toString(), "node 2");
        Part part = Part.of(name)
                .orElseThrow(() -> fields.wrong(kind + " what? \"" + name + "\" is neither redis nor like node 2"));
        if (kind == Kind.DRAIN && !part.isNode()) throw fields.wrong("drain: only nodes can be drained, not " + part);
        return part;
    }

    private Duration lasting() {
        return fields.duration(FOR, "30s");
    }

    private int attempts() {
        return fields.number(kind.toString(), MOST_ATTEMPTS, 50_000);
    }

    private int clients() {
        return fields.number(kind.toString(), MOST_CLIENTS, 10);
    }
}
