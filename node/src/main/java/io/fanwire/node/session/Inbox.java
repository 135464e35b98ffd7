package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;

/**
 * A session's way in: its client's frames one after the other, connect first and only once. A frame keeps its place in
 * the window while replies pile up or the backplane owes answers. All state is owned by the lane; only {@link #onFrame}
 * may be called from other threads.
 */
final class Inbox {
    private final InboundWindow window = new InboundWindow();
    private final EventLoop loop;
    private final SessionContext context;
    private final Connection connection;
    private final SessionLife life;
    private final Commands commands;
    private final Outbox outbox;
    private final Heartbeat heartbeat;
    private final Owner owner;
    // Frames that are dealt with and keep their place in the window.
    private int held;

    Inbox(
            EventLoop loop,
            SessionContext context,
            Connection connection,
            SessionLife life,
            Commands commands,
            Outbox outbox,
            Heartbeat heartbeat,
            Owner owner) {
        this.loop = loop;
        this.context = context;
        this.connection = connection;
        this.life = life;
        this.commands = commands;
        this.outbox = outbox;
        this.heartbeat = heartbeat;
        this.owner = owner;
    }

    /** As {@link Session#onFrame}. Any thread, one at a time. */
    boolean onFrame(ClientFrame frame) {
        boolean more = window.enter();
        loop.execute(() -> receive(frame));
        return more;
    }

    /** Whether nothing is read until there is room. */
    boolean isFull() {
        return window.isFull();
    }

    /** Gives back the places of frames that are dealt with, unless the client is to be held up. */
    void letIn() {
        if (held == 0 || life.is(SessionState.CLOSED) || isBusy()) return;
        int frames = held;
        held = 0;
        if (!window.leave(frames)) return;
        // From now on its silence is its own.
        heartbeat.heard();
        connection.demand();
    }

    private boolean isBusy() {
        Farewell farewell = life.farewell();
        return farewell == null ? life.isAlive() && commands.isBusy() : farewell.isBusy();
    }

    private void receive(ClientFrame frame) {
        try {
            Farewell farewell = life.farewell();
            if (life.isAlive()) process(frame);
            else if (farewell != null) farewell.ignore(frame);
            // Also what nobody hears is read: the client's answer to the close frame stands behind what it has sent,
            // and a connection that is cut with unread bytes takes the close code with it. The time for that is short.
            held++;
            letIn();
        } catch (RuntimeException e) {
            owner.onDefect(e);
        }
    }

    private void process(ClientFrame frame) {
        heartbeat.heard();
        if (frame.getCommandsCount() > context.config().limits().commandsPerFrame()) {
            owner.onEnd(CloseReason.TOO_MANY_COMMANDS);
            return;
        }
        for (int i = 0; i < frame.getCommandsCount() && life.isAlive(); i++) process(frame.getCommands(i));
        outbox.flush();
    }

    private void process(Command command) {
        context.stats().command();
        boolean connects = command.getCommandCase() == Command.CommandCase.CONNECT;
        if (connects != life.is(SessionState.CONNECTING)) owner.onEnd(CloseReason.CONNECT_EXPECTED);
        else if (connects) owner.onConnect(command.getId(), command.getConnect());
        else commands.process(command);
    }

    /** The session, as its inbox sees it. Called on the lane. */
    interface Owner {
        void onConnect(long id, Connect connect);

        /** The client does not keep to the protocol. */
        void onEnd(CloseReason reason);

        /** This code is wrong somewhere. */
        void onDefect(RuntimeException e);
    }
}
