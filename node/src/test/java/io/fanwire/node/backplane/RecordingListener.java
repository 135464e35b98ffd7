package io.fanwire.node.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what it hears, and notes every break of a listener's contract. Thread-safe. */
public class RecordingListener implements TopicListener {
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private Position next;

    /** A publication, or a gap if {@code body} is null; then from and to are in the epoch. */
    public record Heard(long epoch, long from, long to, byte[] body, Gap.Reason reason) {
        public boolean isGap() {
            return body == null;
        }
    }

    @Override
    public synchronized void onPublication(Position position, byte[] body) {
        if (next != null && !position.equals(next)) breaches.add("expected " + next + ", heard " + position);
        next = position.next();
        heard.add(new Heard(position.epoch(), position.offset(), position.offset(), body, null));
    }

    @Override
    public synchronized void onGap(long epoch, long from, long to, Gap.Reason reason) {
        boolean sameEpoch = next != null && next.epoch() == epoch;
        String told = reason + " " + from + ".." + to + " of " + epoch + " at " + next;
        if (to < from - 1) breaches.add("backwards: " + told);
        if (sameEpoch && (from != next.offset() || to < from)) breaches.add("wrong range: " + told);
        if (next != null && sameEpoch != (reason == Gap.Reason.REASON_BACKPLANE_LOST))
            breaches.add("wrong reason: " + told);
        boolean continued = reason == Gap.Reason.REASON_EPOCH_CONTINUED;
        if (continued && (to != from - 1 || next != null && from != next.offset()))
            breaches.add("does not continue: " + told);
        if (next != null && from > next.offset()) breaches.add("leaves out what is missing: " + told);
        next = new Position(epoch, to + 1);
        heard.add(new Heard(epoch, from, to, null, reason));
    }

    public synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    public List<Heard> gaps() {
        return heard().stream().filter(Heard::isGap).toList();
    }

    public List<Heard> publications() {
        return heard().stream().filter(Predicate.not(Heard::isGap)).toList();
    }

    public List<String> texts() {
        return publications().stream()
                .map(heard -> new String(heard.body(), UTF_8))
                .toList();
    }

    public List<Position> positions() {
        return publications().stream()
                .map(heard -> new Position(heard.epoch(), heard.from()))
                .toList();
    }

    /** Every position at most once, in order, and no hole without a gap. */
    public synchronized void assertUnbroken() {
        assertThat(breaches).isEmpty();
    }

    public void awaitPublications(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> publications().size() >= count);
    }
}
