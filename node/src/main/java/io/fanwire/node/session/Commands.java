package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.topic.Subscription;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import java.util.Collection;

/** Carries out what the client of an open session asks for, as far as it may ask. All state is owned by the lane. */
final class Commands {
    // A client that sends commands and takes no answers is not listened to beyond these.
    private static final int MAX_PENDING_REPLY_BYTES = 64 << 10;
    private static final int MAX_PUBLISHES_IN_FLIGHT = 1_000;
    private static final int MAX_PUBLISH_BYTES_IN_FLIGHT = 1 << 20;
    private static final int MAX_UNANSWERED_SUBSCRIBES = 1_000;

    private final Lane lane;
    private final SessionContext context;
    private final Outbox outbox;
    private final Subscriptions subscriptions;
    private final Publisher publisher;
    private final Histories histories;
    private Quota quota = Quota.UNLIMITED;

    /** @param onSettled called on the lane when a command that waited has its answer */
    Commands(Lane lane, SessionContext context, Outbox outbox, Runnable onSettled) {
        EventLoop loop = lane.loop();
        this.lane = lane;
        this.context = context;
        this.outbox = outbox;
        this.subscriptions = new Subscriptions(
                lane.audiences(), outbox, context.config().limits().subscriptions());
        this.publisher = new Publisher(context, loop, outbox, onSettled);
        this.histories = new Histories(context, loop, outbox, onSettled);
    }

    /** @param address where the client comes from */
    void start(String address) {
        quota = Quota.of(rates(), context.identities(), address, lane.loop().now());
    }

    void process(Command command) {
        if (isTooMuch(command)) return;
        long id = command.getId();
        switch (command.getCommandCase()) {
            case PUBLISH -> publisher.publish(id, command.getPublish());
            case SUBSCRIBE -> {
                if (hasId(id)) subscriptions.subscribe(id, command.getSubscribe());
            }
            case UNSUBSCRIBE -> {
                if (hasId(id))
                    subscriptions.unsubscribe(id, command.getUnsubscribe().getTopic());
            }
            case HEARTBEAT -> {} // It was heard: that is all it says.
            case HISTORY -> {
                if (hasId(id)) histories.read(id, command.getHistory());
            }
            // The session's own is the first one.
            case CONNECT, COMMAND_NOT_SET ->
                outbox.add(Replies.error(id, ErrorCode.ERROR_CODE_UNKNOWN_COMMAND, "the node knows no such command"));
        }
    }

    /** Whether so much waits for its answer, or answers for the client, that no more is taken for now. */
    boolean isBusy() {
        return repliesPileUp()
                || publisher.inFlight() > MAX_PUBLISHES_IN_FLIGHT
                || publisher.bytesInFlight() > MAX_PUBLISH_BYTES_IN_FLIGHT
                || subscriptions.unanswered() > MAX_UNANSWERED_SUBSCRIBES;
    }

    /** Whether so many answers wait that the client does not read. */
    boolean repliesPileUp() {
        return outbox.pendingBytes() > MAX_PENDING_REPLY_BYTES;
    }

    /** Whether no publish waits for its answer. */
    boolean isSettled() {
        return publisher.inFlight() == 0;
    }

    Collection<Subscription> subscriptions() {
        return subscriptions.all();
    }

    /** Holds nothing any more but its share of the identity's rates, which goes last. */
    void end() {
        subscriptions.endAll();
    }

    /** The session is gone. */
    void leaveIdentity() {
        Identity identity = quota.identity();
        if (identity == null) return;
        // After a burst's time it has all that it may have again: who comes back sooner finds what he used up.
        lane.after(rates().burst(), () -> context.identities().leave(identity));
    }

    private boolean isTooMuch(Command command) {
        long now = lane.loop().now();
        if (command.hasHeartbeat() && quota.isFreeHeartbeat(now)) return false;
        Quota.Refusal refusal = quota.take(command.hasPublish(), now);
        if (refusal == null) return false;
        context.stats().rateLimited(refusal.kind());
        if (command.hasPublish()) context.stats().publishFailed();
        outbox.add(Replies.error(
                command.getId(),
                ErrorCode.ERROR_CODE_RATE_LIMITED,
                "at most " + rates().limit(refusal.kind()) + " "
                        + refusal.kind().text() + " a second",
                refusal.waitMillis()));
        return true;
    }

    private boolean hasId(long id) {
        if (id == 0) outbox.add(Replies.error(0, ErrorCode.ERROR_CODE_BAD_COMMAND, "the command needs an id"));
        return id != 0;
    }

    private RateConfig rates() {
        return context.config().limits().rates();
    }
}
