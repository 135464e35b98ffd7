package io.fanwire.bench.scenario;

import io.fanwire.bench.load.Crowd;
import io.fanwire.bench.load.Handshakes;
import io.fanwire.bench.load.Publisher;
import io.fanwire.bench.measure.Interval;
import io.fanwire.bench.peer.Peer;
import io.fanwire.loadtest.measure.Latencies;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Live subscribers of one server, and handshakes beside them. */
final class HandshakesRun implements AutoCloseable {
    private static final String TOPIC = "bench-live";
    private static final int SUBSCRIBERS = 1_000;
    private static final int RATE = 50;
    private static final int PAYLOAD_BYTES = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Bed bed;
    private final Peer peer;
    private final Crowd crowd;
    private final Publisher publisher;
    private final Handshakes handshakes;

    HandshakesRun(Bed bed, Peer peer) {
        this.bed = bed;
        this.peer = peer;
        crowd = new Crowd(peer, bed.loops());
        crowd.join(SUBSCRIBERS, each -> TOPIC, PATIENCE);
        publisher = new Publisher(peer, List.of(TOPIC), PAYLOAD_BYTES);
        handshakes = new Handshakes(peer, TOPIC);
    }

    /** Of the live traffic, which goes on to the end. */
    void warmUp() {
        publisher.keepRate(RATE);
        bed.sleep(bed.warmUp());
    }

    /** Ends the live traffic; its subscribers stay. */
    void silence() {
        publisher.stop();
    }

    Result none() {
        return measure(() -> {
            bed.sleep(bed.measured());
            return Latencies.none();
        });
    }

    Result paced(int perSecond) {
        int count = (int) (perSecond * bed.measured().toMillis() / 1_000);
        return measure(() -> handshakes.run(count, (double) perSecond));
    }

    Result fullSpeed(int count, int parallel) {
        return measure(() -> handshakes.run(count, parallel));
    }

    @Override
    public void close() {
        handshakes.close();
        publisher.close();
        crowd.close();
    }

    private Result measure(Supplier<Histogram> work) {
        crowd.takeLatencies();
        Interval.Start start = Interval.Start.now(peer.pid(), crowd.delivered());
        Histogram times = work.get();
        Interval interval = start.until(crowd.delivered());
        if (crowd.lost() > 0) throw new IllegalStateException(peer.name() + " lost clients: " + crowd.lastLoss());
        return new Result(interval, times, crowd.takeLatencies());
    }

    /**
     * @param times nanoseconds from connecting to being subscribed
     * @param live nanoseconds from when a publication was due to when a subscriber had it
     */
    record Result(Interval interval, Histogram times, Histogram live) {
        /** @param quiet what the live traffic takes without handshakes */
        Stream<String> cells(Interval quiet) {
            long count = times.getTotalCount();
            if (count == 0) return Stream.of("0", "0", "-", "-");
            double liveNanos = (double) quiet.serverNanos() / quiet.nanos() * interval.nanos();
            return Stream.of(
                    "%,d".formatted(count),
                    "%,.0f".formatted(count * 1e9 / interval.nanos()),
                    "%.3f".formatted((interval.serverNanos() - liveNanos) / count / 1e6),
                    "%.2f".formatted(times.getValueAtPercentile(50) / 1e6));
        }
    }
}
