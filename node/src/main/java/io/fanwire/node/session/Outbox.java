package io.fanwire.node.session;

import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.topic.Recovery;
import io.fanwire.node.topic.Subscription;
import io.fanwire.node.topic.SubscriptionList;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session's way out: one write under way, then the session's own events, then its subscriptions in turn. All state
 * is owned by the lane; only {@link #onWritten} and {@link #onWriteFailed} may be called from other threads.
 */
final class Outbox implements Connection.Write {
    // A socket that takes everything at once must not keep the lane from the other sessions.
    private static final int WRITES_PER_TURN = 4;

    private final ControlBuffer control = new ControlBuffer();
    private final SubscriptionList ready = new SubscriptionList();
    private final EventLoop loop;
    private final Connection connection;
    private final Owner owner;
    private final SessionStats stats;
    private final long writeTimeoutNanos;
    private final FullSockets full;
    // Not before a write stalls: most sessions never need it.
    private @Nullable WriteWatch watch;
    private @Nullable Subscription reading;
    private boolean writing;
    private boolean closed;
    // Only what waits already is written, and then no more.
    private @Nullable CloseReason ending;
    // Set while write() runs, so that a write that is done at once does not take the way through the loop's queue.
    private boolean inWrite;
    private boolean doneInWrite;

    Outbox(Lane lane, Connection connection, Duration writeTimeout, SessionStats stats, Owner owner) {
        this.loop = lane.loop();
        this.full = lane.fullSockets();
        this.connection = connection;
        this.writeTimeoutNanos = writeTimeout.toNanos();
        this.stats = stats;
        this.owner = owner;
    }

    /** Queues one of the session's own events. The caller flushes. */
    void add(Event event) {
        if (!closed && ending == null) control.add(event);
    }

    /** Writes this one as the last; {@link Owner#onEnd} is called with the reason when the connection has it. */
    void end(Event last, CloseReason reason) {
        add(last);
        ending = reason;
        flush();
    }

    /** Bytes of own events that wait. */
    int pendingBytes() {
        return control.size();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether a write is under way that the socket did not take at once. */
    boolean isStalled() {
        return writing;
    }

    void onReady(Subscription subscription) {
        ready.add(subscription);
        flush();
    }

    /** Writes what there is, until a write stays under way. */
    void flush() {
        try {
            writeAll();
        } catch (RuntimeException e) {
            // Ends this session only: the fan-out that came by goes on to the next.
            owner.onDefect(e);
        }
    }

    /** Nothing is written any more, nothing is held. */
    void close() {
        closed = true;
        full.remove(this);
        if (watch != null) watch.cancel();
        while (control.poll() != null) {}
    }

    /** Others need the memory that its socket holds. */
    void giveUp() {
        owner.onRoomWanted();
    }

    private void writeAll() {
        for (int i = 0; i < WRITES_PER_TURN; i++) {
            if (writing || closed) return;
            ByteBuffer message = next();
            if (message == null) {
                if (ending != null) owner.onEnd(ending);
                return;
            }
            write(message);
        }
        if (!writing && !closed) loop.later(this::flush);
    }

    @Override
    public void onWritten() {
        if (!loop.inLoop()) {
            loop.execute(this::onStalledWriteDone);
        } else if (inWrite) {
            doneInWrite = true;
        } else {
            onStalledWriteDone();
        }
    }

    @Override
    public void onWriteFailed(Throwable cause) {
        loop.execute(() -> owner.onWriteFailed(cause));
    }

    private void write(ByteBuffer message) {
        writing = true;
        inWrite = true;
        doneInWrite = false;
        connection.write(message, this);
        inWrite = false;
        if (doneInWrite) onWrittenAtOnce(message);
        else stalled();
    }

    private void stalled() {
        stats.stalled();
        if (closed) return;
        if (watch == null) watch = new WriteWatch(loop, connection, writeTimeoutNanos, this::onWriteTimeout);
        watch.stalled();
        full.add(this);
    }

    private void onWriteTimeout() {
        owner.onEnd(CloseReason.WRITE_TIMEOUT);
    }

    private void onWrittenAtOnce(ByteBuffer message) {
        if (reading != null) reading.giveBack(message);
        written();
    }

    private void onStalledWriteDone() {
        if (watch != null) watch.done();
        full.remove(this);
        written();
        flush();
    }

    private void written() {
        writing = false;
        Subscription read = reading;
        reading = null;
        if (read != null && !read.hasEnded()) ready.add(read);
        owner.onWritten();
    }

    private @Nullable ByteBuffer next() {
        ByteBuffer own = control.poll();
        return own != null || ending != null ? own : nextSlice();
    }

    private @Nullable ByteBuffer nextSlice() {
        for (Subscription subscription = ready.poll(); subscription != null; subscription = ready.poll()) {
            ByteBuffer slice = subscription.take();
            if (slice != null) {
                reading = subscription;
                return slice;
            }
            if (!subscription.fellBehind()) {
                subscription.await();
                continue;
            }
            Recovery recovery = subscription.recover();
            if (recovery instanceof Recovery.TooSlow) {
                owner.onEnd(CloseReason.SLOW_CONSUMER);
                return null;
            }
            if (recovery instanceof Recovery.Later) continue;
            ready.add(subscription);
            if (recovery instanceof Recovery.Tell tell) {
                // The session's own event: told before anything that comes after it.
                control.add(tell.event());
                return control.poll();
            }
        }
        return null;
    }

    /** The session, as the outbox sees it. Called on the lane. */
    interface Owner {
        /** A write is done; another may follow. */
        void onWritten();

        void onWriteFailed(Throwable cause);

        /** Others need the memory that its full socket holds. */
        void onRoomWanted();

        /**
         * The session has to end: the last event is written, the socket has not taken one byte for the write
         * timeout, or a subscription's namespace says that this client is too slow to be kept.
         */
        void onEnd(CloseReason reason);

        /** This code is wrong somewhere. */
        void onDefect(RuntimeException e);
    }
}
