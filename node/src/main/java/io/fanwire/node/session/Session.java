package io.fanwire.node.session;

import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.ErrorCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session, from the open connection to its end: what becomes of it, when and why. {@link Inbox} is its way
 * in, {@link Outbox} its way out. All state is owned by the lane; only {@link #onFrame}, {@link #onRefusedMessage},
 * {@link #onPong} and {@link #onDisconnected} may be called from other threads.
 */
public final class Session implements Inbox.Owner, Outbox.Owner, Heartbeat.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    // How long a client may take to answer a close frame. With two ticks of the timers still less than a second:
    // so long after its time a dead client's socket is to be free.
    private static final Duration CLOSE_GRACE = Duration.ofMillis(800);

    // How long a session that leaves waits for the answers to its publishes.
    private static final Duration SETTLE_GRACE = Duration.ofSeconds(2);

    private final Lane lane;
    private final SessionContext context;
    private final Connection connection;
    private final Outbox outbox;
    private final Commands commands;
    private final Heartbeat heartbeat;
    private final SessionLife life;
    private final Inbox inbox;
    private final long number;
    // Where this session stands in its lane's list.
    int index;

    Session(long number, Lane lane, SessionContext context, Connection connection) {
        this.number = number;
        this.lane = lane;
        this.context = context;
        this.connection = connection;
        this.outbox = new Outbox(lane, connection, context.config().limits().writeTimeout(), context.stats(), this);
        this.commands = new Commands(lane, context, outbox, this::onSettled);
        this.heartbeat = new Heartbeat(lane.loop(), outbox, connection, this);
        this.life = new SessionLife(lane);
        this.inbox = new Inbox(lane.loop(), context, connection, life, commands, outbox, heartbeat, this);
    }

    /**
     * A frame came in. Any thread, one at a time.
     *
     * @return whether the connection may read another at once; if not, {@link Connection#demand} says when
     */
    public boolean onFrame(ClientFrame frame) {
        return inbox.onFrame(frame);
    }

    /** A message came in that is no frame. Any thread. */
    public void onRefusedMessage(CloseReason reason) {
        lane.loop().execute(() -> close(reason));
    }

    /** The client's WebSocket answered a ping; which says something only where its client can't do better. Any thread. */
    public void onPong() {
        heartbeat.onPong();
    }

    /** The connection is gone. Any thread. */
    public void onDisconnected() {
        lane.loop().execute(this::disconnected);
    }

    // The write timeout finds a client that takes no replies, and publishes are answered within the backplane's own.
    @Override
    public boolean isListening() {
        return !inbox.isFull();
    }

    @Override
    public void onWritten() {
        heartbeat.sent();
        inbox.letIn();
    }

    @Override
    public void onWriteFailed(Throwable cause) {
        LOG.debug("{}: write failed: {}", this, cause.toString());
        connection.abort();
        disconnected();
    }

    /** Counted as the write timeout that it did not live to see, and apart from those that did. */
    @Override
    public void onRoomWanted() {
        context.stats().fullSocketCut();
        close(CloseReason.WRITE_TIMEOUT);
        // Only now the kernel gives back what the socket holds; a close frame could not get past that anyway.
        connection.abort();
    }

    @Override
    public void onEnd(CloseReason reason) {
        close(reason);
    }

    @Override
    public void onDefect(RuntimeException e) {
        LOG.error("{}: a defect ends this session", this, e);
        context.stats().defect();
        close(CloseReason.INTERNAL_ERROR);
    }

    /** Lane only. The connection is open: the client has a while to say connect. */
    void start() {
        commands.start(connection.address());
        life.after(context.config().limits().connectTimeout(), () -> close(CloseReason.CONNECT_TIMEOUT));
    }

    @Override
    public void onConnect(long id, Connect connect) {
        if (connect.getClient().length() > Limits.MAX_CLIENT_NAME_CHARS) {
            outbox.add(Replies.error(
                    id,
                    ErrorCode.ERROR_CODE_BAD_COMMAND,
                    "a client name has at most " + Limits.MAX_CLIENT_NAME_CHARS + " characters"));
            return;
        }
        life.enter(SessionState.OPEN);
        SessionConfig config = context.config();
        if (!config.limits().age().isZero()) {
            life.after(config.limits().jitteredAge(Spread.of(number)), this::retire);
        }
        HeartbeatConfig.Agreement agreed = config.heartbeat().agree(connect).jittered(Spread.of(number));
        heartbeat.start(agreed, Pulse.of(connect));
        outbox.add(Replies.connected(id, toString(), context.nodeId(), agreed, config.limits()));
    }

    private void retire() {
        leave(CloseReason.MAX_AGE, Duration.ZERO);
    }

    /** Lane only. Whether the client may still say something. */
    boolean isAlive() {
        return life.isAlive();
    }

    /**
     * Lane only. Sends the client elsewhere: its commands are read and ignored, publishes under way are answered, then it
     * is told, and closed. What is ignored was not acknowledged, and publishes that ask for no answer get one until the
     * farewell, so none is lost in silence before it. Takes at most
     * {@link #SETTLE_GRACE} and twice {@link #CLOSE_GRACE}.
     *
     * @param comeBackAfter what the client is asked to wait before it connects again
     */
    void leave(CloseReason reason, Duration comeBackAfter) {
        // Who has not said connect has nothing to finish.
        if (life.is(SessionState.CONNECTING)) close(reason);
        if (!life.leave(new Farewell(context, commands, outbox, reason, comeBackAfter))) return;
        heartbeat.cancel();
        life.after(SETTLE_GRACE, this::tellFarewell);
        leaveIfSettled();
        inbox.letIn();
    }

    private void leaveIfSettled() {
        Farewell farewell = life.farewell();
        if (farewell != null && farewell.isDue()) tellFarewell();
    }

    private void tellFarewell() {
        Farewell farewell = life.farewell();
        if (farewell == null) return;
        // A client that takes nothing must not hold the others up.
        life.after(CLOSE_GRACE, () -> close(farewell.reason()));
        farewell.tell();
        inbox.letIn();
    }

    /** Lane only. Ends the session: what it holds is free at once, the connection a moment later. */
    void close(CloseReason reason) {
        if (!life.enter(SessionState.CLOSING)) return;
        context.stats().closed(reason);
        LOG.debug("{}: closed with {}", this, reason);
        release();
        life.after(CLOSE_GRACE, connection::abort);
        connection.close(reason);
        inbox.letIn();
    }

    /** Lane only. */
    void addLag(LagTally tally) {
        if (life.is(SessionState.OPEN) && outbox.isStalled()) tally.add(toString(), commands.subscriptions());
    }

    private void disconnected() {
        if (!life.allows(SessionState.CLOSED)) return;
        if (!life.is(SessionState.CLOSING)) {
            countEnd();
            release();
        }
        life.enter(SessionState.CLOSED);
        commands.leaveIdentity();
        lane.remove(this, context.stats());
    }

    // Who goes as soon as it is told to was sent, and not lost.
    private void countEnd() {
        Farewell farewell = life.farewell();
        if (farewell != null) context.stats().closed(farewell.reason());
        else context.stats().lost();
    }

    private void release() {
        heartbeat.cancel();
        commands.end();
        outbox.close();
    }

    private void onSettled() {
        leaveIfSettled();
        outbox.flush();
        inbox.letIn();
    }

    @Override
    public String toString() {
        return context.nodeId() + "-" + number;
    }
}
