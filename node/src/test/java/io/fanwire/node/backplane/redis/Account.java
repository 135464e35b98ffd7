package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.RecordingListener;
import io.fanwire.node.backplane.RecordingListener.Heard;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Publishes without a pause, and checks in the end that whatever was acknowledged was heard or told as a gap. */
final class Account implements AutoCloseable {
    private static final int IN_FLIGHT = 50;

    private final Backplane backplane;
    private final Topic topic;
    private final Queue<Position> acknowledged = new ConcurrentLinkedQueue<>();
    private final Semaphore places = new Semaphore(IN_FLIGHT);
    private final Thread publisher = new Thread(this::publishAll, "account");
    private volatile boolean stopped;

    Account(Backplane backplane, Topic topic) {
        this.backplane = backplane;
        this.topic = topic;
        publisher.start();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            publisher.join();
            places.acquire(IN_FLIGHT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        places.release(IN_FLIGHT);
    }

    /**
     * After the end, once the listener has heard the topic's newest position: offsets go on over forks, so each
     * acknowledged one was heard, or is in a gap, or stood behind a break that was told.
     */
    void assertSettled(RecordingListener listener) {
        List<Heard> heard = listener.heard();
        Set<Position> delivered = new HashSet<>(listener.positions());
        boolean broken = heard.stream().anyMatch(each -> each.reason() == Gap.Reason.REASON_EPOCH_CHANGED);
        boolean[] covered =
                new boolean[(int) heard.stream().mapToLong(Heard::to).max().orElse(0) + 1];
        for (Heard each : heard) {
            for (long offset = each.from(); offset <= each.to(); offset++) covered[(int) offset] = true;
        }
        for (Position position : acknowledged) {
            boolean settled = broken || position.offset() < covered.length && covered[(int) position.offset()];
            assertThat(settled || delivered.contains(position))
                    .as("%s", position)
                    .isTrue();
        }
        listener.assertUnbroken();
    }

    /** That, and nothing is missing: everything acknowledged was heard. */
    void assertAllHeard(RecordingListener listener) {
        assertSettled(listener);
        Set<Long> offsets = listener.positions().stream().map(Position::offset).collect(Collectors.toSet());
        assertThat(acknowledged).extracting(Position::offset).isSubsetOf(offsets);
    }

    private void publishAll() {
        while (!stopped) {
            places.acquireUninterruptibly();
            backplane.publish(topic, new OutgoingPublication(new byte[20], "")).whenComplete((position, failure) -> {
                if (position != null) acknowledged.add(position);
                places.release();
            });
        }
    }
}
