package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.List;

/** Makes a Service of its fields; what is left out is as Kubernetes has it by itself. */
final class ServiceReader {
    static final String EXAMPLE = "a service like {probe-period: 2s, endpoint-removal: before, removal-delay: 3s}";

    private static final String PERIOD = "probe-period";
    private static final String TIMEOUT = "probe-timeout";
    private static final String FAILURES = "probe-failures";
    private static final String REMOVAL = "endpoint-removal";
    private static final String DELAY = "removal-delay";
    private static final int MOST_FAILURES = 100;

    private final Fields fields;

    ServiceReader(Fields fields) {
        this.fields = fields;
    }

    /** @param gracePeriod in which there must be time for the delay */
    ServiceSetup read(Duration gracePeriod) {
        fields.allow(List.of(PERIOD, TIMEOUT, FAILURES, REMOVAL, DELAY));
        Duration delay = fields.moment(DELAY, "3s");
        if (delay.compareTo(gracePeriod) >= 0)
            throw fields.wrong(DELAY + " must be shorter than the grace period, " + Step.text(gracePeriod));
        return new ServiceSetup(
                duration(PERIOD, Duration.ofSeconds(10)),
                duration(TIMEOUT, Duration.ofSeconds(1)),
                fields.find(FAILURES, name -> fields.number(name, MOST_FAILURES, 3))
                        .orElse(3),
                fields.oneOf(REMOVAL, EndpointRemoval.class),
                delay);
    }

    private Duration duration(String name, Duration ifMissing) {
        return fields.find(name, each -> fields.duration(each, Step.text(ifMissing)))
                .orElse(ifMissing);
    }
}
