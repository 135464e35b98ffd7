package io.fanwire.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Disconnect;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one node, from the handshake to its end; used once. Matches replies with commands and answers
 * heartbeats. All state is owned by the loop, and every method is to be called on it; the socket's threads only reach
 * {@link FrameReader}.
 */
final class Connection {
    /** How long a close may take, the node's as well as ours, before the socket is cut. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final Command HEARTBEAT =
            Command.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private enum Stage {
        HANDSHAKE,
        GREETING,
        OPEN,
        CLOSING,
        OVER
    }

    /** Whom the connection tells, on the loop. */
    interface Owner {
        void opened(Connection connection, Connected welcome);

        void event(Event event);

        /** The node carries out nothing any more; a close frame follows. */
        void sentAway();

        /** A command without an id failed. */
        void failed(FanwireException error);

        /** The last call, and the only one if the connection never opened. */
        void over(Connection connection, Ending ending);
    }

    private final URI url;
    private final Loop loop;
    private final Owner owner;
    private final Liveness liveness;
    private final Map<Long, Consumer<Reply>> waiting = new HashMap<>();
    private Stage stage = Stage.HANDSHAKE;
    private long lastId;
    private @Nullable WebSocket socket;
    private @Nullable Outbox outbox;
    private @Nullable Probe probe;
    private @Nullable Pulse pulse;
    /** When to come back, if the node has said goodbye. */
    private @Nullable Duration goodbye;

    private @Nullable Future<?> deadline;

    Connection(URI url, Loop loop, Owner owner) {
        this.url = url;
        this.loop = loop;
        this.owner = owner;
        this.liveness = new Liveness(loop);
    }

    URI url() {
        return url;
    }

    /** @param timeout for everything up to the node's answer to the connect command */
    void open(HttpClient http, Connect connect, Duration timeout) {
        deadline = loop.after(timeout, () -> unanswered(timeout));
        FrameReader reader = new FrameReader(loop, this::received, this::ended, liveness::heard);
        try {
            var unused = http.newWebSocketBuilder()
                    .subprotocols(Limits.SUBPROTOCOL_PROTOBUF)
                    .connectTimeout(timeout)
                    .buildAsync(url, reader)
                    .whenComplete((made, error) -> loop.execute(() -> shaken(made, error, connect)));
        } catch (IllegalArgumentException e) {
            end(Ending.broken(e));
        }
    }

    /** Sends a command and waits for its reply. Returns the command's id, or 0 if it is too large to be sent. */
    long request(Command.Builder command, Consumer<Reply> onReply) {
        Command ready = command.setId(lastId + 1).build();
        if (outbox == null || !outbox.fits(ready)) return 0;
        waiting.put(++lastId, onReply);
        outbox.add(ready);
        return lastId;
    }

    /** Nobody waits for the reply any more. */
    void forget(long id) {
        waiting.remove(id);
    }

    /** Sends a command that asks for no reply. After the node's goodbye it is dropped, which is told of a publish. */
    void send(Command command, Runnable whenSent) {
        if (goodbye != null && command.hasPublish()) owner.failed(lost());
        if (outbox == null || goodbye != null || !outbox.fits(command)) {
            whenSent.run();
        } else {
            outbox.add(command, whenSent);
        }
    }

    /** Sends what waits to be sent, then closes with 1000. */
    void close() {
        if (socket == null || outbox == null) {
            end(Ending.closed(WebSocket.NORMAL_CLOSURE, ""));
            return;
        }
        stage = Stage.CLOSING;
        cancelTimers();
        deadline = loop.after(CLOSE_TIMEOUT, () -> end(Ending.broken("no answer to the close frame")));
        WebSocket closing = socket;
        outbox.whenEmpty(() -> {
            var unused = closing.sendClose(WebSocket.NORMAL_CLOSURE, "");
        });
    }

    private void shaken(@Nullable WebSocket made, @Nullable Throwable error, Connect connect) {
        if (made == null) {
            end(Ending.broken(error == null ? new IllegalStateException("no socket") : error));
        } else if (stage == Stage.OVER) {
            made.abort(); // too late
        } else {
            greet(made, connect);
        }
    }

    private void greet(WebSocket made, Connect connect) {
        socket = made;
        if (!made.getSubprotocol().equals(Limits.SUBPROTOCOL_PROTOBUF)) {
            end(Ending.broken("the server does not speak " + Limits.SUBPROTOCOL_PROTOBUF));
            return;
        }
        stage = Stage.GREETING;
        outbox = new Outbox(made, loop, error -> end(Ending.broken(error)));
        pulse = new Pulse(loop, outbox::sentNanos, () -> send(HEARTBEAT, () -> {}));
        request(Command.newBuilder().setConnect(connect), this::greeted);
        made.request(1);
        probe = new Probe(made, loop, liveness, error -> end(Ending.broken(error)));
        probe.watch();
    }

    private void unanswered(Duration timeout) {
        // The answer may have come while this was waiting for its turn.
        if (stage == Stage.OPEN) return;
        end(Ending.broken("no answer within " + timeout.toMillis() + " ms"));
    }

    private void greeted(Reply reply) {
        if (!reply.hasConnected()) {
            end(Ending.broken(FanwireException.of(reply.getError())));
            return;
        }
        stage = Stage.OPEN;
        if (deadline != null) deadline.cancel(false);
        Connected welcome = reply.getConnected();
        if (outbox != null) {
            outbox.maxFrameBytes(welcome.getMaxFrameBytes());
            outbox.maxCommandsPerFrame(welcome.getMaxCommandsPerFrame());
        }
        keepAlive(welcome);
        owner.opened(this, welcome);
    }

    private void keepAlive(Connected welcome) {
        Duration interval = Duration.ofMillis(Integer.toUnsignedLong(welcome.getHeartbeatIntervalMs()));
        Duration timeout = Duration.ofMillis(Integer.toUnsignedLong(welcome.getHeartbeatTimeoutMs()));
        Duration limit = interval.plus(timeout);
        if (limit.isZero()) return; // a node without heartbeats
        liveness.heard();
        liveness.watch(limit, () -> end(Ending.broken("nothing heard for " + limit.toMillis() + " ms")));
        if (pulse != null && !interval.isZero()) pulse.start(interval.plus(slack(interval, timeout)));
    }

    /** For the node's own heartbeat, whose answer makes ours needless where all is well. */
    private static Duration slack(Duration interval, Duration timeout) {
        return (interval.compareTo(timeout) < 0 ? interval : timeout).dividedBy(4);
    }

    private void received(byte[] frame) {
        if (stage == Stage.OVER || socket == null) return;
        try {
            if (stage != Stage.CLOSING) read(ServerFrame.parseFrom(frame));
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            end(new Ending(Ending.NO_CLOSE_FRAME, "the node sent a frame that breaks the protocol", e, null));
            return;
        }
        liveness.heard();
        socket.request(1);
    }

    private void read(ServerFrame frame) {
        for (Event event : frame.getEventsList()) {
            if (stage == Stage.OVER) return;
            switch (event.getEventCase()) {
                case REPLY -> reply(event.getReply());
                case HEARTBEAT -> send(HEARTBEAT, () -> {});
                case PUBLICATION, GAP -> owner.event(event);
                case DISCONNECT -> leave(event.getDisconnect());
                case EVENT_NOT_SET -> {} // newer than this client
            }
        }
    }

    private void reply(Reply reply) {
        Consumer<Reply> onReply = waiting.remove(reply.getId());
        if (onReply != null) {
            onReply.accept(reply);
        } else if (reply.getId() == 0 && reply.hasError()) {
            owner.failed(FanwireException.of(reply.getError()));
        }
    }

    /** A close frame follows. What is sent meanwhile is carried out by the next node. */
    private void leave(Disconnect said) {
        goodbye = RetryAfter.millis(said.getRetryAfterMs());
        owner.sentAway();
        if (deadline != null) deadline.cancel(false);
        deadline = loop.after(CLOSE_TIMEOUT, () -> end(Ending.broken("goodbye without a close: " + said.getReason())));
    }

    /** The socket is closed, or has failed. If closed, the JDK is about to answer: don't cut it off. */
    private void ended(Ending ending) {
        WebSocket ended = socket;
        if (ended != null && ending.closeCode() != Ending.NO_CLOSE_FRAME) {
            socket = null;
            var unused = loop.after(CLOSE_TIMEOUT, ended::abort);
        }
        end(ending);
    }

    private void end(Ending ending) {
        if (stage == Stage.OVER) return;
        stage = Stage.OVER;
        cancelTimers();
        if (socket != null) socket.abort();
        if (outbox != null) outbox.discard();
        waiting.clear();
        owner.over(this, ending.after(goodbye));
    }

    private static FanwireException lost() {
        return new FanwireException(ErrorCode.ERROR_CODE_OVERLOADED, "not published: the node has said goodbye", true);
    }

    private void cancelTimers() {
        if (deadline != null) deadline.cancel(false);
        if (probe != null) probe.stop();
        if (pulse != null) pulse.stop();
        liveness.stop();
    }
}
