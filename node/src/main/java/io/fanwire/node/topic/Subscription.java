package io.fanwire.node.topic;

import io.fanwire.node.namespace.Namespace;
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

    /** Not null while it is not in the log. */
    private @Nullable CatchUp catchUp;

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
        CatchUp behind = catchUp;
        return behind == null ? cursor.position() : behind.at();
    }

    /** Publications between what was read last and the topic's newest; 0 where that is not known. */
    public long publicationsBehind() {
        if (!isLive()) return 0;
        Mark head = audience.hosted().log().head();
        CatchUp behind = catchUp;
        if (behind == null) return head.count() - cursor.count();
        boolean sameEpoch = head.position().epoch() == behind.at().epoch();
        return sameEpoch ? Math.max(0, head.position().offset() - behind.at().offset()) : 0;
    }

    /** Bytes of the topic's log between them, dropped ones included; 0 while it reads from the history. */
    public long bytesBehind() {
        return isLive() && catchUp == null ? audience.hosted().log().head().address() - cursor.address() : 0;
    }

    private boolean isLive() {
        return state != SubscriptionState.ASKING && state != SubscriptionState.ENDED;
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
        if (catchUp != null) return takeHistory(catchUp);
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

    /** Whether the log no longer holds what comes next: then {@link #recover()}. */
    public boolean fellBehind() {
        return catchUp != null || audience.hosted().log().reach(cursor) == null;
    }

    /** Goes on where the log can't be read: from the history if there is one, else as the namespace says. */
    public Recovery recover() {
        CatchUp behind = catchUp;
        if (behind != null) return step(behind);
        Namespace namespace = audience.hosted().namespace();
        if (namespace.history().isKept()) return step(fallBack(cursor.position()));
        return switch (namespace.fallBehind()) {
            case GAP -> new Recovery.Tell(skipTo(audience.hosted().log().head(), Gap.Reason.REASON_TOO_SLOW));
            case LATEST -> new Recovery.Tell(skipTo(beforeNewest(), Gap.Reason.REASON_CONFLATED));
            case CLOSE -> new Recovery.TooSlow();
        };
    }

    /** Gives a subscription that has read everything back to its audience, until there is more. */
    public void await() {
        move(SubscriptionState.WAITING);
        audience.await(this);
    }

    /** Ends it, in whatever list it is: from here on nothing is delivered and nothing is held. */
    public void end() {
        if (hasEnded()) return;
        boolean wasLive = state != SubscriptionState.ASKING;
        move(SubscriptionState.ENDED);
        if (wasLive) audience.stats().subscriptions(-1);
        if (list != null) list.remove(this);
        rejoined();
        audience.leave();
    }

    /** The topic is live: it starts at this place of the log. */
    void start(Mark place) {
        cursor = place;
        goLive();
    }

    /** The topic is live: it starts at a position that is not in the log. */
    void startBehind(Position position, @Nullable Page page) {
        CatchUp behind = fallBack(position);
        if (page != null) behind.page(page);
        goLive();
    }

    private void goLive() {
        move(SubscriptionState.READY);
        audience.stats().subscriptions(1);
    }

    /** There is something to read. */
    void ready() {
        move(SubscriptionState.READY);
        subscriber.onReady(this);
    }

    private @Nullable ByteBuffer takeHistory(CatchUp behind) {
        long count = behind.available();
        if (count == 0) return null;
        ByteBuffer events = behind.take(count, audience.spareView());
        audience.stats().delivered(count, events.remaining());
        return events;
    }

    private Recovery step(CatchUp behind) {
        if (behind.available() > 0) return new Recovery.Again();
        Mark rejoined = behind.rejoin();
        if (rejoined != null) {
            cursor = rejoined;
            rejoined();
            return new Recovery.Again();
        }
        Event news = behind.news();
        if (news != null) {
            audience.stats().told(news.getGap().getReason());
            return new Recovery.Tell(news);
        }
        move(SubscriptionState.FETCHING);
        if (behind.isStuck()) audience.retry(() -> fetch(behind));
        else fetch(behind);
        return new Recovery.Later();
    }

    private void fetch(CatchUp behind) {
        if (hasEnded()) return;
        audience.fetch(behind.wanted(), behind.at().offset(), (page, failure) -> {
            if (hasEnded()) return;
            if (page == null) {
                // Nothing is lost by it: the cursor stays where it is.
                audience.retry(() -> fetch(behind));
                return;
            }
            behind.page(page);
            ready();
        });
    }

    private CatchUp fallBack(Position position) {
        CatchUp behind = new CatchUp(audience.hosted(), position);
        catchUp = behind;
        audience.stats().catchUps(1);
        return behind;
    }

    private void rejoined() {
        if (catchUp == null) return;
        catchUp = null;
        audience.stats().catchUps(-1);
    }

    /** The head, if that was dropped since. */
    private Mark beforeNewest() {
        TopicLog log = audience.hosted().log();
        Mark newest = log.beforeNewest();
        return newest.position().equals(cursor.position()) || log.reach(newest) == null ? log.head() : newest;
    }

    private Event skipTo(Mark place, Gap.Reason reason) {
        Position last = cursor.position();
        Position next = place.position();
        cursor = place;
        boolean sameEpoch = last.epoch() == next.epoch();
        Gap.Reason told = sameEpoch ? reason : Gap.Reason.REASON_EPOCH_CHANGED;
        audience.stats().told(told);
        return Gaps.event(topicId(), next.epoch(), sameEpoch ? last.offset() + 1 : 1, next.offset(), told);
    }

    private void move(SubscriptionState next) {
        if (!state.allows(next)) throw new IllegalStateException(state + " to " + next);
        state = next;
    }
}
