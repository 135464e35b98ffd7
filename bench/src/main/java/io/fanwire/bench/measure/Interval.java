package io.fanwire.bench.measure;

import io.fanwire.loadtest.measure.ProcessUsage;

/**
 * What happened between two moments.
 *
 * @param nanos of wall time
 * @param serverNanos CPU of the server's process
 * @param clientNanos CPU of this process
 * @param deliveries publications that subscribers got, each counted once a subscriber
 */
public record Interval(long nanos, long serverNanos, long clientNanos, long deliveries) {
    public double perSecond() {
        return deliveries * 1e9 / nanos;
    }

    public double serverMicros() {
        return serverNanos / 1e3 / deliveries;
    }

    public double clientMicros() {
        return clientNanos / 1e3 / deliveries;
    }

    /** A moment from which an interval can be measured. */
    public record Start(long pid, long nanos, long serverNanos, long clientNanos, long deliveries) {
        public static Start now(long pid, long deliveries) {
            return new Start(
                    pid,
                    System.nanoTime(),
                    ProcessUsage.of(pid).cpu().toNanos(),
                    ProcessUsage.own().cpu().toNanos(),
                    deliveries);
        }

        public Interval until(long deliveriesNow) {
            Start end = now(pid, deliveriesNow);
            return new Interval(
                    end.nanos - nanos,
                    end.serverNanos - serverNanos,
                    end.clientNanos - clientNanos,
                    end.deliveries - deliveries);
        }
    }
}
