package io.fanwire.node.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.backplane.LocalBackplane;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.session.Connection;
import io.fanwire.node.session.HeartbeatConfig;
import io.fanwire.node.session.Lane;
import io.fanwire.node.session.Session;
import io.fanwire.node.session.SessionConfig;
import io.fanwire.node.session.SessionLimits;
import io.fanwire.node.session.Sessions;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.node.topic.TopicRegistry;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.ServerFrame;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole course of a drain, by a clock that the test sets. */
class DrainClockTest {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final SessionConfig SESSIONS =
            new SessionConfig(new HeartbeatConfig(FOREVER, FOREVER), SessionLimits.DEFAULT);

    private long now;
    private final LocalBackplane backplane = new LocalBackplane(Namespaces.DEFAULT);
    private final EventLoop topicLoop = new EventLoop("topics", this::nanoTime);
    private final Lane lane = new Lane(
            new EventLoop("lane", this::nanoTime),
            new TopicRegistry(topicLoop, this::nanoTime, backplane, Namespaces.DEFAULT, TopicConfig.DEFAULT));
    private final Sessions sessions =
            new Sessions("test", SESSIONS, Namespaces.DEFAULT, backplane, Clock.systemUTC(), List.of(lane));
    private final EventLoop loop = new EventLoop("drain", this::nanoTime);
    private final DrainConfig config =
            new DrainConfig(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(3));
    private final List<Client> clients = new ArrayList<>();
    private boolean refusing;
    private final Drain drain = new Drain(loop, this::nanoTime, config, sessions, all -> refusing = all, new Random(1));

    @AfterEach
    void close() {
        backplane.close();
    }

    @Test
    void manyLeaveEvenlyAfterTheDelayAndWithinTheDuration() {
        connect(4_000);
        drain.drain();
        pass(Duration.ofMillis(4_900));
        assertThat(drain.state()).isEqualTo(DrainState.DELAY);
        assertThat(refusing).isTrue();
        assertThat(drain.left()).isEqualTo(4_000);

        List<Long> left = new ArrayList<>();
        for (int second = 0; second < 20; second++) {
            pass(Duration.ofSeconds(1));
            left.add(drain.left());
        }
        // 200 a second.
        assertThat(left.get(4)).isBetween(2_800L, 3_200L);
        assertThat(left.get(9)).isBetween(1_800L, 2_200L);
        assertThat(left.get(14)).isBetween(800L, 1_200L);
        pass(Duration.ofSeconds(1));
        assertThat(drain.state()).isEqualTo(DrainState.DRAINED);
        assertThat(drain.timeLeft()).isZero();
    }

    @Test
    void whoDoesNotGoIsCutAfterTheGrace() {
        connect(100);
        clients.forEach(each -> each.stubborn = true);
        drain.drain();
        // At a hundred a second they are told within one.
        pass(config.delay().plus(Duration.ofSeconds(2)));
        assertThat(clients).allMatch(each -> each.closedFor == CloseReason.SERVICE_RESTART);
        pass(config.grace());
        assertThat(drain.state()).isEqualTo(DrainState.DRAINED);
        assertThat(sessions.stats().sessions()).isZero();
    }

    @Test
    void inAHurryAllGoAtOnce() {
        connect(4_000);
        drain.drain();
        pass(Duration.ofSeconds(1));
        drain.hurry();
        pass(Duration.ofMillis(200));
        assertThat(drain.state()).isEqualTo(DrainState.DRAINED);
        assertThat(sessions.stats().closedTotal(CloseReason.SERVICE_RESTART)).isEqualTo(4_000);
    }

    @Test
    void whoIsLeftWhenItIsTakenBackStays() {
        connect(4_000);
        drain.drain();
        pass(config.delay().plusSeconds(10));
        drain.resume();
        pass(Duration.ofSeconds(1));
        long left = sessions.stats().sessions();
        assertThat(left).isBetween(1_000L, 3_000L);
        assertThat(refusing).isFalse();
        pass(Duration.ofSeconds(60));
        assertThat(sessions.stats().sessions()).isEqualTo(left);

        drain.drain();
        pass(Drain.limit(config));
        assertThat(sessions.stats().sessions()).isZero();
    }

    @Test
    void aDrainForGoodIsNotTakenBack() {
        var gone = drain.drainForGood().toCompletableFuture();
        drain.resume();
        pass(Duration.ofMillis(100));
        assertThat(drain.state()).isEqualTo(DrainState.DELAY);
        assertThat(gone).isNotDone();
        pass(config.delay());
        assertThat(drain.state()).isEqualTo(DrainState.DRAINED);
        assertThat(gone).isCompleted();
    }

    @Test
    void whoSlipsInAtLastIsSentAwayToo() {
        drain.drain();
        pass(config.delay().plusSeconds(1));
        assertThat(drain.state()).isEqualTo(DrainState.DRAINED);
        connect(3);
        pass(Duration.ofSeconds(1));
        assertThat(sessions.stats().sessions()).isZero();
    }

    private void connect(int count) {
        for (int i = 0; i < count; i++) clients.add(new Client());
        turn();
    }

    private void pass(Duration time) {
        for (long until = now + time.toNanos(); now < until; now += TICK.toNanos()) turn();
        turn();
    }

    private void turn() {
        for (boolean busy = true; busy; ) {
            busy = loop.turn();
            busy |= lane.loop().turn();
            busy |= topicLoop.turn();
        }
    }

    private long nanoTime() {
        return now;
    }

    /** Takes everything at once, and goes when it is closed, unless it is stubborn. */
    private final class Client implements Connection {
        private final Session session = sessions.open(this);
        private boolean stubborn;
        private boolean told;
        private CloseReason closedFor;

        Client() {
            Command connect = Command.newBuilder()
                    .setId(1)
                    .setConnect(Connect.getDefaultInstance())
                    .build();
            session.onFrame(ClientFrame.newBuilder().addCommands(connect).build());
        }

        @Override
        public void write(ByteBuffer message, Write write) {
            try {
                told |= ServerFrame.parseFrom(message).getEventsList().stream().anyMatch(each -> each.hasDisconnect());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
            write.onWritten();
        }

        @Override
        public void close(CloseReason reason) {
            if (!told) throw new AssertionError("closed without a word");
            closedFor = reason;
            if (!stubborn) session.onDisconnected();
        }

        @Override
        public void abort() {
            session.onDisconnected();
        }

        @Override
        public void demand() {}

        @Override
        public void ping() {}

        @Override
        public long takenAt() {
            return now;
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }
    }
}
