package io.fanwire.loadtest.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A figure of the result that a plan can expect to be no higher than it says. */
public enum Bound {
    DISCONNECTED_AT_ONCE("clients disconnected at once, most"),
    DISCONNECTED_IN_A_SECOND("clients disconnected in a second, most");

    private final String figure;

    Bound(String figure) {
        this.figure = figure;
    }

    /** As the result calls it; in per cent. */
    public String figure() {
        return figure;
    }

    static List<String> names() {
        return Stream.of(values()).map(Bound::toString).toList();
    }

    static Optional<Bound> of(String name) {
        return Stream.of(values()).filter(each -> each.toString().equals(name)).findFirst();
    }

    /** As a plan says it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
