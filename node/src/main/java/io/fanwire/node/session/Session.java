package io.fanwire.node.session;

import io.fanwire.node.lane.Timer;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session. All state is owned by the lane; only {@link #onFrame}, {@link #onRefusedMessage},
 * {@link #onPong} and {@link #onDisconnected} may be called from other threads.
 */
public final class Session implements Outbox.Owner, Heartbeat.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    // A client that sends commands and reads no replies is not listened to beyond this.
    private static final int MAX_PENDING_REPLY_BYTES = 64 << 10;

    // How long a client may take to answer a close frame. With two ticks of the timers still less than a second:
    // so long after its time a dead client's socket is to be free.
    private static final Duration CLOSE_GRACE = Duration.ofMillis(800);

    // How long a session that leaves waits for the answers to its publishes.
    private static final Duration SETTLE_GRACE = Duration.ofSeconds(2);

    private static final Event LOST =
            Replies.error(0, ErrorCode.ERROR_CODE_OVERLOADED, "not published: this node says goodbye");

    private final Lane lane;
    private final SessionContext context;
    private final Connection connection;
    private final Outbox outbox;
    private final Commands commands;
    private final Heartbeat heartbeat;
    private final InboundWindow window = new InboundWindow();
    private final long number;
    private SessionState state = SessionState.CONNECTING;
    // For the connect command at first, then for the session's age, for each step of leaving at last.
    private @Nullable Timer deadline;
    // Set while it leaves, until that is told.
    private @Nullable Event farewell;
    private CloseReason leavingFor = CloseReason.SERVICE_RESTART;
    // Frames whose place in the window is held back.
    private int heldFrames;
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
    }

    /**
     * A frame came in. Any thread, one at a time.
     *
     * @return whether the connection may read another at once; if not, {@link Connection#demand} says when
     */
    public boolean onFrame(ClientFrame frame) {
        boolean more = window.enter();
        lane.loop().execute(() -> receive(frame));
        return more;
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

    @Override
    public void onDead() {
        close(CloseReason.HEARTBEAT_TIMEOUT);
    }

    // The write timeout finds a client that takes no replies, and publishes are answered within the backplane's own.
    @Override
    public boolean isListening() {
        return !window.isFull();
    }

    @Override
    public void onWritten() {
        heartbeat.sent();
        letIn();
    }

    @Override
    public void onWriteFailed(Throwable cause) {
        LOG.debug("{}: write failed: {}", this, cause.toString());
        connection.abort();
        disconnected();
    }

    @Override
    public void onWriteTimeout() {
        close(CloseReason.WRITE_TIMEOUT);
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
    public void onTooSlow() {
        close(CloseReason.SLOW_CONSUMER);
    }

    /** Lane only. The connection is open: the client has a while to say connect. */
    void start() {
        commands.start(connection.address());
        deadline = lane.after(context.config().limits().connectTimeout(), () -> close(CloseReason.CONNECT_TIMEOUT));
    }

    /** Lane only. Whether the client may still say something. */
    boolean isAlive() {
        return state.isAlive();
    }

    /**
     * Lane only. Sends the client elsewhere: its commands are read and ignored, publishes under way are answered, then it
     * is told, and closed. What is ignored was not acknowledged, and publishes that ask for no answer get one until the
     * farewell, so none is lost in silence before it. Takes at most {@link
     * #SETTLE_GRACE} and twice {@link #CLOSE_GRACE}.
     *
     * @param comeBackAfter what the client is asked to wait before it connects again
     */
    void leave(CloseReason reason, Duration comeBackAfter) {
        if (!state.allows(SessionState.LEAVING)) {
            // Who has not said connect has nothing to finish.
            if (state == SessionState.CONNECTING) close(reason);
            return;
        }
        move(SessionState.LEAVING);
        heartbeat.cancel();
        if (deadline != null) deadline.cancel();
        leavingFor = reason;
        farewell = Replies.disconnect(reason, comeBackAfter);
        deadline = lane.after(SETTLE_GRACE, this::tellFarewell);
        leaveIfSettled();
        letIn();
    }

    private void leaveIfSettled() {
        if (farewell != null && commands.isSettled()) tellFarewell();
    }

    private void tellFarewell() {
        if (farewell == null || state != SessionState.LEAVING) return;
        Event last = farewell;
        farewell = null;
        if (deadline != null) deadline.cancel();
        // A client that takes nothing must not hold the others up.
        deadline = lane.after(CLOSE_GRACE, () -> close(leavingFor));
        outbox.end(last);
        letIn();
    }

    @Override
    public void onEnded() {
        close(leavingFor);
    }

    /** Lane only. Ends the session: what it holds is free at once, the connection a moment later. */
    void close(CloseReason reason) {
        if (!state.allows(SessionState.CLOSING)) return;
        move(SessionState.CLOSING);
        context.stats().closed(reason);
        LOG.debug("{}: closed with {}", this, reason);
        release();
        deadline = lane.after(CLOSE_GRACE, connection::abort);
        connection.close(reason);
        letIn();
    }

    /** Lane only. */
    void addLag(LagTally tally) {
        if (state == SessionState.OPEN && outbox.isStalled()) tally.add(toString(), commands.subscriptions());
    }

    private void disconnected() {
        if (!state.allows(SessionState.CLOSED)) return;
        if (state != SessionState.CLOSING) {
            countEnd();
            release();
        }
        move(SessionState.CLOSED);
        if (deadline != null) deadline.cancel();
        commands.leaveIdentity();
        lane.remove(this, context.stats());
    }

    // Who goes as soon as it is told to was sent, and not lost.
    private void countEnd() {
        if (state == SessionState.LEAVING) context.stats().closed(leavingFor);
        else context.stats().lost();
    }

    private void move(SessionState next) {
        if (state.isAlive() && !next.isAlive()) lane.parted();
        state = next;
    }

    private void release() {
        if (deadline != null) deadline.cancel();
        heartbeat.cancel();
        commands.end();
        outbox.close();
    }

    @Override
    public void onDefect(RuntimeException e) {
        LOG.error("{}: a defect ends this session", this, e);
        context.stats().defect();
        close(CloseReason.INTERNAL_ERROR);
    }

    private void receive(ClientFrame frame) {
        try {
            process(frame);
        } catch (RuntimeException e) {
            onDefect(e);
        }
    }

    private void process(ClientFrame frame) {
        if (!state.isAlive()) {
            if (mayTellLosses()) tellLosses(frame);
            discard();
            return;
        }
        heartbeat.heard();
        if (frame.getCommandsCount() > context.config().limits().commandsPerFrame()) {
            close(CloseReason.TOO_MANY_COMMANDS);
            return;
        }
        for (int i = 0; i < frame.getCommandsCount() && state.isAlive(); i++) process(frame.getCommands(i));
        heldFrames++;
        outbox.flush();
        letIn();
    }

    private void process(Command command) {
        context.stats().command();
        boolean connects = command.getCommandCase() == Command.CommandCase.CONNECT;
        if (connects != (state == SessionState.CONNECTING)) {
            close(CloseReason.CONNECT_EXPECTED);
            return;
        }
        if (connects) connect(command.getId(), command.getConnect());
        else commands.process(command);
    }

    private void connect(long id, Connect connect) {
        if (connect.getClient().length() > Limits.MAX_CLIENT_NAME_CHARS) {
            outbox.add(Replies.error(
                    id,
                    ErrorCode.ERROR_CODE_BAD_COMMAND,
                    "a client name has at most " + Limits.MAX_CLIENT_NAME_CHARS + " characters"));
            return;
        }
        move(SessionState.OPEN);
        if (deadline != null) deadline.cancel();
        deadline = grow();
        SessionConfig config = context.config();
        HeartbeatConfig.Agreement agreed = config.heartbeat().agree(connect).jittered(Spread.of(number));
        heartbeat.start(agreed, Pulse.of(connect));
        outbox.add(Replies.connected(id, toString(), context.nodeId(), agreed, config.limits()));
    }

    private @Nullable Timer grow() {
        SessionLimits limits = context.config().limits();
        return limits.age().isZero() ? null : lane.after(limits.jitteredAge(Spread.of(number)), this::retire);
    }

    private void retire() {
        leave(CloseReason.MAX_AGE, Duration.ZERO);
    }

    private void onSettled() {
        leaveIfSettled();
        outbox.flush();
        letIn();
    }

    // Nobody waits for the answer to a publish without an id, nor repeats it: only this says that it is lost.
    private void tellLosses(ClientFrame frame) {
        if (frame.getCommandsCount() > context.config().limits().commandsPerFrame()) return;
        for (Command command : frame.getCommandsList()) {
            if (!command.hasPublish() || command.getId() != 0) continue;
            context.stats().publishFailed();
            outbox.add(LOST);
        }
        outbox.flush();
    }

    // The farewell is the last event.
    private boolean mayTellLosses() {
        return state == SessionState.LEAVING && farewell != null;
    }

    // Read all the same: the client's answer to the close frame stands behind what it has sent, and a connection that
    // is
    // cut with unread bytes takes the close code with it. The time for that is short.
    private void discard() {
        heldFrames++;
        letIn();
    }

    // Backpressure: frames keep their place in the window while replies pile up or the backplane owes answers.
    private void letIn() {
        while (heldFrames > 0 && state != SessionState.CLOSED && !isBusy()) {
            heldFrames--;
            if (window.leave()) listenAgain();
        }
    }

    private void listenAgain() {
        // From now on its silence is its own.
        heartbeat.heard();
        connection.demand();
    }

    private boolean isBusy() {
        boolean repliesPileUp = outbox.pendingBytes() > MAX_PENDING_REPLY_BYTES;
        return state.isAlive() ? repliesPileUp || commands.isBusy() : mayTellLosses() && repliesPileUp;
    }

    @Override
    public String toString() {
        return context.nodeId() + "-" + number;
    }
}
