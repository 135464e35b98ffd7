package io.fanwire.client;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Subscribe;
import io.fanwire.protocol.v1.Subscribed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A handle on one topic's subscription, which outlives connections. Public methods may be called from any thread; the
 * others are called by {@link Subscriptions}, on the loop.
 */
public final class Subscription {
    private final String topic;
    private final Start start;
    private final TopicListener listener;
    private final ListenerCalls calls;
    private final Consumer<Subscription> leave;
    private final TopicCursor cursor;
    private final CompletableFuture<Position> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    /** Written by the loop, read by any thread. */
    private final AtomicLong duplicates = new AtomicLong();
    /** Written by the loop, read by any thread. */
    private volatile @Nullable Position reached;
    /** No listener call begins any more. Set by any thread, for good. */
    private volatile boolean ended;

    /** @param leave hands this to the loop, to be unsubscribed */
    Subscription(String topic, Start start, TopicListener listener, ListenerCalls calls, Consumer<Subscription> leave) {
        this.topic = topic;
        this.start = start;
        this.listener = listener;
        this.calls = calls;
        this.leave = leave;
        this.cursor = new TopicCursor(topic, start.position());
        this.reached = start.position();
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /**
     * Completes once a node has confirmed the subscription for the first time. Fails with {@link FanwireException} if
     * it is refused for good, and with {@link java.util.concurrent.CancellationException} if it is ended before.
     */
    public CompletionStage<Position> ready() {
        return ready.minimalCompletionStage();
    }

    /**
     * The last position that the listener got, or was told to be missing, and is done with: its method has returned. So
     * whoever goes on behind it ({@link Start#after}) loses nothing. Empty until a node has confirmed the subscription
     * for the first time, unless it was started at a position. Stays what it was when the subscription has ended.
     */
    public Optional<Position> position() {
        return Optional.ofNullable(reached);
    }

    /**
     * How many messages came from a node though they, or later ones, had been delivered or told to be missing before;
     * the listener did not get them. Some are normal after a reconnect.
     */
    public long duplicates() {
        return duplicates.get();
    }

    /**
     * Ends the subscription: no call of its listener begins any more. Completes when the node has confirmed, or the
     * connection is gone; never fails, and may be called again.
     */
    public CompletionStage<Void> unsubscribe() {
        if (!ended) {
            ended = true;
            leave.accept(this);
        }
        return left.minimalCompletionStage();
    }

    /** What to ask a node for: to begin, or to go on behind what the listener got. */
    Subscribe wire() {
        Position from = cursor.position();
        Subscribe.Builder subscribe = Subscribe.newBuilder().setTopic(topic);
        if (from != null) {
            subscribe.setSince(WireSince.position(from));
        } else if (start.wire() != null) {
            subscribe.setSince(start.wire());
        }
        return subscribe.build();
    }

    void confirmed(Subscribed reply) {
        Position position = Positions.of(reply.getPosition());
        GapInfo missed = cursor.subscribed(reply);
        if (missed != null) tell(missed);
        tell(() -> listener.onSubscribed(position), cursor.position());
        ready.complete(position);
    }

    void publication(Publication publication) {
        long offset = publication.getOffset();
        if (offset < 0) throw new IllegalArgumentException("offset beyond 2^63: " + Long.toUnsignedString(offset));
        if (cursor.isDuplicate(offset)) {
            duplicates.incrementAndGet();
            return;
        }
        GapInfo hole = cursor.holeBefore(offset);
        if (hole != null) tell(hole);
        Message message = Message.of(topic, cursor.moveTo(offset), publication);
        tell(() -> listener.onMessage(message), message.position());
    }

    /** Returns whether it is settled; if not, nothing has changed, and a node is to be asked again for {@link #wire}. */
    boolean gap(Gap gap) {
        if (cursor.isUnsettledBy(gap)) return false;
        cursor.gap(gap).forEach(this::tell);
        if (!ended) reached = cursor.position();
        return true;
    }

    void refused(FanwireException error) {
        if (!ended) calls.run(() -> listener.onError(error));
        end(error);
    }

    /** Nothing more comes, and the listener is not told. */
    void end(@Nullable FanwireException why) {
        ended = true;
        if (why == null) {
            ready.cancel(false);
        } else {
            ready.completeExceptionally(why);
        }
        left.complete(null);
    }

    private void tell(GapInfo gap) {
        tell(() -> listener.onGap(gap), new Position(gap.epoch(), gap.toOffset()));
    }

    // Afterwards: who hands out the position meanwhile gets the message again rather than never.
    private void tell(Runnable call, @Nullable Position then) {
        if (ended) return;
        calls.run(call);
        reached = then;
    }
}
