package io.fanwire.node.session;

import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import java.time.Duration;

/**
 * What a client hears that is sent elsewhere: the answers to its publishes under way, which of those that it still sends
 * are lost, and as the last event that it has to go. All state is owned by the lane.
 */
final class Farewell {
    private static final Event LOST =
            Replies.error(0, ErrorCode.ERROR_CODE_OVERLOADED, "not published: this node says goodbye");

    private final SessionContext context;
    private final Commands commands;
    private final Outbox outbox;
    private final CloseReason reason;
    private final Event last;
    private boolean told;

    /** @param comeBackAfter what the client is asked to wait before it connects again */
    Farewell(SessionContext context, Commands commands, Outbox outbox, CloseReason reason, Duration comeBackAfter) {
        this.context = context;
        this.commands = commands;
        this.outbox = outbox;
        this.reason = reason;
        this.last = Replies.disconnect(reason, comeBackAfter);
    }

    CloseReason reason() {
        return reason;
    }

    /** Whether nothing has to be said before the last event. */
    boolean isDue() {
        return !told && commands.isSettled();
    }

    /** Writes the last event. */
    void tell() {
        told = true;
        outbox.end(last, reason);
    }

    /**
     * Ignores a frame. Nobody waits for the answer to a publish without an id, nor repeats it: only this says that it is
     * lost.
     */
    void ignore(ClientFrame frame) {
        if (told || frame.getCommandsCount() > context.config().limits().commandsPerFrame()) return;
        for (Command command : frame.getCommandsList()) {
            if (!command.hasPublish() || command.getId() != 0) continue;
            context.stats().publishFailed();
            outbox.add(LOST);
        }
        outbox.flush();
    }

    /** Whether so much waits to be read by the client that it is not listened to for now. */
    boolean isBusy() {
        return !told && commands.repliesPileUp();
    }
}
