package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.ServerFrame;
import io.fanwire.protocol.v1.Subscribe;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A lane delivers to any number of subscribers without garbage of its own; what a transport makes is not counted. */
class FanOutAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SUBSCRIBERS = 1_000;
    private static final int PUBLICATIONS = 100;

    private final LocalBackplane backplane = new LocalBackplane(Namespaces.DEFAULT);
    private final EventLoop topicLoop = new EventLoop("topics", NanoClock.SYSTEM);
    private final TopicRegistry topics =
            new TopicRegistry(topicLoop, NanoClock.SYSTEM, backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT);
    private final Lane lane = new Lane(new EventLoop("lane", NanoClock.SYSTEM), topics);
    private final Sessions sessions = new Sessions(
            "test", SessionConfig.DEFAULT, Namespaces.DEFAULT, backplane, Clock.systemUTC(), List.of(lane));
    private long allocated;
    private int subscribed;

    @Test
    void deliveringAllocatesNothingPerSubscriber() {
        for (int i = 0; i < SUBSCRIBERS; i++) subscribe();
        turnUntil(() -> subscribed == SUBSCRIBERS);
        // Classes are loaded and lambdas linked by then.
        publish(PUBLICATIONS);
        allocated = 0;
        long before = lane.stats().deliveries();

        publish(PUBLICATIONS);

        double perDelivery = (double) allocated / (lane.stats().deliveries() - before);
        assertThat(lane.stats().deliveries() - before).isEqualTo(PUBLICATIONS * SUBSCRIBERS);
        // A slice of a fan-out is a task of its own.
        assertThat(perDelivery).isLessThan(2.0);
    }

    private void subscribe() {
        Connection connection = new TakesAll();
        Session session = sessions.open(connection);
        session.onFrame(ClientFrame.newBuilder()
                .addCommands(Command.newBuilder().setId(1).setConnect(Connect.getDefaultInstance()))
                .addCommands(Command.newBuilder()
                        .setId(2)
                        .setSubscribe(Subscribe.newBuilder().setTopic("t")))
                .build());
    }

    // One after the other, or many would go into one write.
    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            long expected = lane.stats().deliveries() + SUBSCRIBERS;
            backplane.publish(new Topic("t"), new OutgoingPublication(new byte[128], ""));
            turnUntil(() -> lane.stats().deliveries() == expected);
        }
    }

    private void turnUntil(BooleanSupplier done) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    topicLoop.turn();
                    long before = THREADS.getCurrentThreadAllocatedBytes();
                    while (lane.loop().turn()) {}
                    allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
                    return done.getAsBoolean();
                });
    }

    private static boolean isSubscribed(ByteBuffer message) {
        try {
            return ServerFrame.parseFrom(message).getEventsList().stream()
                    .anyMatch(event -> event.getReply().hasSubscribed());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes everything at once. */
    private final class TakesAll implements Connection {
        private boolean isSubscribed;

        @Override
        public void write(ByteBuffer message, Write write) {
            if (!isSubscribed && isSubscribed(message)) {
                isSubscribed = true;
                subscribed++;
            }
            write.onWritten();
        }

        @Override
        public void ping() {}

        @Override
        public long takenAt() {
            return 0;
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public void demand() {}

        @Override
        public void close(CloseReason reason) {
            throw new AssertionError("closed: " + reason);
        }

        @Override
        public void abort() {}
    }
}
