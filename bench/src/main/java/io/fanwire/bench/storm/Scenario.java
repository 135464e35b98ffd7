package io.fanwire.bench.storm;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What happens. The waits of Kubernetes are those of its defaults and of {@code k8s/base}. */
public enum Scenario {
    /** A node's process dies: connections end at once, and the Service knows within seconds. */
    NODE("one node dies") {
        @Override
        Disturbance disturb(int nodes) {
            return new Loss(1, Duration.ofSeconds(2), false);
        }
    },
    /** A third of the nodes loses power: nobody says so, and Kubernetes waits before it believes it. */
    ZONE("a zone, a third of the nodes, is lost") {
        @Override
        Disturbance disturb(int nodes) {
            return new Loss(Math.max(1, nodes / 3), Duration.ofSeconds(50), true);
        }
    },
    /** All connections break, and for 10 s nothing comes through: a balancer that fails over. */
    CUT("nothing comes through for 10 s") {
        @Override
        Disturbance disturb(int nodes) {
            return new Cut(Duration.ofSeconds(10));
        }
    },
    /** All connections break, and everybody may come back at once: a balancer that starts again. */
    RESET("all connections are reset") {
        @Override
        Disturbance disturb(int nodes) {
            return new Cut(Duration.ZERO);
        }
    },
    /** A rolling update, as a Deployment makes it: it does not wait for nodes that drain. */
    ROLL("rolling update, a node each 13 s") {
        @Override
        Disturbance disturb(int nodes) {
            return new Roll(nodes, Duration.ofSeconds(13));
        }
    },
    /** The same with a minReadySeconds as long as a drain. */
    SLOW_ROLL("rolling update, one drain after the other") {
        @Override
        Disturbance disturb(int nodes) {
            return new Roll(nodes, Duration.ofSeconds(78));
        }
    };

    private final String text;

    Scenario(String text) {
        this.text = text;
    }

    abstract Disturbance disturb(int nodes);

    boolean isRoll() {
        return this == ROLL || this == SLOW_ROLL;
    }

    /** As a file's name. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What happens, for a person to read. */
    public String text() {
        return text;
    }

    /** For options. */
    static final class Converter implements ITypeConverter<Scenario> {
        @Override
        public Scenario convert(String value) {
            return Arrays.stream(values())
                    .filter(each -> each.slug().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("must be one of " + slugs() + ": " + value));
        }

        private static String slugs() {
            return Arrays.stream(values()).map(Scenario::slug).collect(Collectors.joining(", "));
        }
    }
}
