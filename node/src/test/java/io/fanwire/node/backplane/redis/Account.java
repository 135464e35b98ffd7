package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.RecordingListener;
import io.fanwire.node.backplane.RecordingListener.Heard;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

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

    /** After the end, once the listener has heard the topic's newest position. */
    void assertSettled(RecordingListener listener) {
        List<Heard> heard = listener.heard();
        long epoch = heard.get(heard.size() - 1).epoch();
        boolean[] covered = new boolean[(int) heard.get(heard.size() - 1).to() + 1];
        for (Heard each : heard) {
            for (long o = each.from(); each.epoch() == epoch && o <= each.to(); o++) covered[(int) o] = true;
        }
        boolean lostEpoch = heard.stream().anyMatch(each -> each.reason() == Gap.Reason.REASON_EPOCH_CHANGED);
        for (Position position : acknowledged) {
            if (position.epoch() != epoch) assertThat(lostEpoch).isTrue();
            else
                assertThat(covered[(int) position.offset()])
                        .as(position.toString())
                        .isTrue();
        }
        listener.assertUnbroken();
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
