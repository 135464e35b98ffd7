package io.fanwire.node.topic;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's cursor on one topic: all that a subscriber costs, however far it is behind. All state is owned by
 * the lane.
 */
public final class Subscription {
    final Subscriber subscriber;
    private final Audience audience;
    private SubscriptionState state = SubscriptionState.ASKING;
    private Mark cursor = Mark.START;

    @Nullable
    SubscriptionList list;

    @Nullable
    Subscription previous;

    @Nullable
    Subscription next;

    Subscription(Audience audience, Subscriber subscriber) {
        this.audience = audience;
        this.subscriber = subscriber;
    }

    public Topic topic() {
        return audience.topic();
    }

    /** The topic's number in the events of this node. */
    public int topicId() {
        return audience.hosted().id();
    }

    /** Of the last publication that was read, or the newest at the start. */
    public Position position() {
        return cursor.position();
    }

    public boolean hasEnded() {
        return state == SubscriptionState.ENDED;
    }

    /**
     * Takes what one write can carry, and moves the cursor behind it.
     *
     * @return events in the wire format, shared with other readers: not to be written to; null if there is nothing to
     *     read, or if the cursor {@link #fellBehind}. The buffer is the caller's, who may {@link #giveBack} it.
     */
    public @Nullable ByteBuffer take() {
        TopicLog log = audience.hosted().log();
        Mark to = log.reach(cursor);
        if (to == null || to == cursor) return null;
        ByteBuffer events = log.view(cursor, to, audience.spareView());
        if (events == null) return null;
        audience.stats().delivered(to.count() - cursor.count(), to.address() - cursor.address());
        cursor = to;
        return events;
    }

    /** What was taken is written, and nobody holds the buffer any more: it can be used for the next. */
    public void giveBack(ByteBuffer taken) {
        audience.spareView().giveBack(taken);
    }

    /** Whether the log no longer holds what comes next. */
    public boolean fellBehind() {
        return audience.hosted().log().reach(cursor) == null;
    }

    /** Jumps to the head of the log. Returns the gap to tell the subscriber of. */
    public Event skipToHead() {
        Position last = cursor.position();
        cursor = audience.hosted().log().head();
        Position newest = cursor.position();
        audience.stats().skipped();
        boolean sameEpoch = last.epoch() == newest.epoch();
        return Event.newBuilder()
                .setGap(Gap.newBuilder()
                        .setTopicId(topicId())
                        .setEpoch(newest.epoch())
                        .setFromOffset(sameEpoch ? last.offset() + 1 : 1)
                        .setToOffset(newest.offset())
                        .setReason(sameEpoch ? Gap.Reason.REASON_TOO_SLOW : Gap.Reason.REASON_EPOCH_CHANGED))
                .build();
    }

    /** Gives a subscription that has read everything back to its audience, until there is more. */
    public void await() {
        move(SubscriptionState.WAITING);
        audience.await(this);
    }

    /** Ends it, in whatever list it is: from here on nothing is delivered and nothing is held. */
    public void end() {
        if (hasEnded()) return;
        move(SubscriptionState.ENDED);
        if (list != null) list.remove(this);
        audience.leave();
    }

    /** The topic is live: it starts at the head. */
    void start(Mark head) {
        cursor = head;
        move(SubscriptionState.READY);
    }

    /** There is something to read. */
    void ready() {
        move(SubscriptionState.READY);
        subscriber.onReady(this);
    }

    private void move(SubscriptionState next) {
        if (!state.allows(next)) throw new IllegalStateException(state + " to " + next);
        state = next;
    }
}
