package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.NanoClock;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import io.fanwire.protocol.v1.Subscribe;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionDefectTest {
    private final LocalBackplane backplane = new LocalBackplane(Namespaces.DEFAULT);
    private final EventLoop topicLoop = new EventLoop("topics", NanoClock.SYSTEM);
    private final TopicRegistry topics =
            new TopicRegistry(topicLoop, NanoClock.SYSTEM, backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT);
    private final Lane lane = new Lane(new EventLoop("lane", NanoClock.SYSTEM), topics);
    private final Sessions sessions = new Sessions(
            "test", SessionConfig.DEFAULT, Namespaces.DEFAULT, backplane, Clock.systemUTC(), List.of(lane));

    @Test
    void aDefectInOneSessionEndsItAndNoOther() {
        List<FakeConnection> connections = new ArrayList<>();
        for (int i = 0; i < 5; i++) connections.add(subscriber());
        FakeConnection broken = connections.get(2);
        broken.throwing = true;
        int before = connections.get(4).written;

        connections
                .get(0)
                .send(Command.newBuilder()
                        .setId(3)
                        .setPublish(Publish.newBuilder().setTopic("t").setText("hi")));
        turnUntil(() -> connections.get(4).written > before);

        assertThat(broken.closedFor).isEqualTo(CloseReason.INTERNAL_ERROR);
        assertThat(connections).filteredOn(each -> each.closedFor == null).hasSize(4);
        assertThat(lane.stats().subscriptions()).isEqualTo(4);
        assertThat(sessions.stats().defectsTotal()).isEqualTo(1);
    }

    private FakeConnection subscriber() {
        FakeConnection connection = new FakeConnection();
        connection.send(Command.newBuilder().setId(1).setConnect(Connect.getDefaultInstance()));
        connection.send(Command.newBuilder()
                .setId(2)
                .setSubscribe(Subscribe.newBuilder().setTopic("t")));
        turnUntil(() -> connection.subscribed);
        return connection;
    }

    // The backplane answers from a thread of its own.
    private void turnUntil(BooleanSupplier done) {
        await().until(() -> {
            while (topicLoop.turn() | lane.loop().turn()) {}
            return done.getAsBoolean();
        });
    }

    private static boolean contains(ByteBuffer frame, Predicate<Reply> wanted) {
        try {
            return ServerFrame.parseFrom(frame).getEventsList().stream()
                    .map(Event::getReply)
                    .anyMatch(wanted);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** A connection that takes everything at once, or throws. */
    private final class FakeConnection implements Connection {
        private final Session session = sessions.open(this);
        private boolean throwing;
        private boolean subscribed;
        private int written;
        private @Nullable CloseReason closedFor;

        void send(Command.Builder command) {
            session.onFrame(ClientFrame.newBuilder().addCommands(command).build());
        }

        @Override
        public void write(ByteBuffer message, Write write) {
            if (throwing) throw new IllegalStateException("on purpose");
            written++;
            subscribed |= contains(message, Reply::hasSubscribed);
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
            closedFor = reason;
        }

        @Override
        public void abort() {
            session.onDisconnected();
        }
    }
}
