package io.fanwire.loadtest.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What Redis distinguishes among the connections of its clients. */
enum ConnectionType {
    /** Those on which nodes get publications. */
    PUBSUB,
    /** Those on which nodes say commands. */
    NORMAL;

    static Optional<ConnectionType> of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(text))
                .findFirst();
    }

    /** As a plan says it, and Redis. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
