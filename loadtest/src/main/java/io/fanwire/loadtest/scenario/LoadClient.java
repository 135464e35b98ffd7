package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Reply;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, with what every client does: get in, answer heartbeats, come back after full jitter when it was
 * thrown out. All state is owned by the loop.
 */
abstract class LoadClient extends EventReader {
    /** Of the connect command; others are higher. */
    protected static final long CONNECT_ID = 1;

    private static final String NAME = "fanwire-load";
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(5);
    // The client library's defaults.
    private static final long MIN_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LoadLoop loop;
    private final Door door;
    private final int number;
    private int doorNow;
    private @Nullable ClientSocket socket;
    private long attemptedAt;
    private boolean in;
    private boolean comesBack = true;
    private boolean leaving;
    private long silenceNanos;
    private long heardAt;
    private long backoffNanos = MIN_BACKOFF_NANOS;
    /** When to come back, by the node's goodbye; negative if there was none. */
    private long goodbyeNanos = -1;
    /** How many doors in a row want to be left alone, and for how long. */
    private int refusals;

    private long refusedNanos;
    private int commandsPerFrame = Limits.MAX_COMMANDS_PER_FRAME;

    /** @param number of this client among all of the run */
    LoadClient(LoadLoop loop, Door door, int number) {
        this.loop = loop;
        this.door = door;
        this.number = number;
        this.doorNow = number;
    }

    final void connect() {
        connect(System.nanoTime());
    }

    /** @param dueNanos when it was to be: one that is late took longer */
    final void connect(long dueNanos) {
        in = false;
        attemptedAt = dueNanos;
        ClientSocket attempt =
                loop.loop().connect(door.address(doorNow), door.handshake(doorNow), door.from(number), this);
        socket = attempt;
        loop.loop().at(System.nanoTime() + CONNECT_NANOS, () -> giveUp(attempt));
    }

    /** Ends the connection without a word, as if its network had gone; the client comes back if it is one of those. */
    final void cut() {
        if (socket == null) return;
        socket.abort();
        socket = null;
        if (in) tally().closed();
        out();
    }

    /** Says goodbye, and does not come back. */
    final void leave() {
        comesBack = false;
        leaving = true;
        ClientSocket left = socket;
        if (left == null) return;
        if (!in) {
            cut();
            return;
        }
        left.close();
        loop.loop().at(System.nanoTime() + GOODBYE_NANOS, () -> {
            if (left == socket) cut();
        });
    }

    /** Whether it tries again when an attempt fails or a connection ends. */
    final void comesBack(boolean now) {
        comesBack = now;
    }

    final boolean isIn() {
        return in;
    }

    final LoadLoop loop() {
        return loop;
    }

    final Tally tally() {
        return loop.tally();
    }

    final void send(byte[] message) {
        if (socket != null && socket.isOpen()) socket.send(message);
    }

    @Override
    public final void onOpen(ClientSocket opened) {
        opened.send(Commands.connect(CONNECT_ID, NAME));
    }

    @Override
    public final void onClosed(ClientSocket ended, String why) {
        if (ended != socket) return;
        socket = null;
        if (in && leaving) tally().closed();
        else if (in) tally().ended(Cause.of(why));
        else tally().failed(Cause.of(why));
        if (ended.retryAfterSeconds() > 0) refused(ended.retryAfterSeconds());
        out();
    }

    @Override
    protected void onRead() {
        heardAt = loop.loop().readNanos();
    }

    @Override
    protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {}

    @Override
    protected final void onEvent(Event event) {
        if (event.hasHeartbeat()) send(Commands.heartbeat());
        else if (event.hasReply() && event.getReply().hasConnected())
            in(event.getReply().getConnected());
        else if (event.hasReply()) onReply(event.getReply());
        else if (event.hasDisconnect())
            goodbyeNanos = TimeUnit.MILLISECONDS.toNanos(event.getDisconnect().getRetryAfterMs());
        else if (event.hasGap()) onGap(event.getGap().getTopicId(), event);
    }

    /** How many commands the node takes in one message. */
    final int commandsPerFrame() {
        return commandsPerFrame;
    }

    /** It is in: it may subscribe and publish. */
    abstract void onIn();

    /** It is out, or did not get in. */
    void onOut() {}

    abstract void onReply(Reply reply);

    void onGap(int topicId, Event event) {}

    private void in(Connected answer) {
        in = true;
        heardAt = System.nanoTime();
        silenceNanos =
                TimeUnit.MILLISECONDS.toNanos((long) answer.getHeartbeatIntervalMs() + answer.getHeartbeatTimeoutMs());
        if (silenceNanos > 0 && socket != null) listen(socket);
        int commands = answer.getMaxCommandsPerFrame();
        commandsPerFrame = commands > 0 ? commands : Limits.MAX_COMMANDS_PER_FRAME;
        backoffNanos = MIN_BACKOFF_NANOS;
        refusals = 0;
        tally().opened();
        tally().latency("handshake", System.nanoTime() - attemptedAt);
        onIn();
    }

    private void out() {
        in = false;
        onOut();
        if (comesBack) comeBack();
    }

    private void refused(int seconds) {
        refusals++;
        refusedNanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** As the client library does it: at any other door, when the node said, or after full jitter. */
    private void comeBack() {
        doorNow += 1 + (int) (Math.random() * (door.count() - 1));
        long wait = goodbyeNanos >= 0 ? goodbyeNanos : backOff();
        goodbyeNanos = -1;
        loop.loop().at(System.nanoTime() + wait, () -> {
            if (comesBack && socket == null) connect();
        });
    }

    private long backOff() {
        long jittered = (long) (Math.random() * backoffNanos);
        backoffNanos = Math.min(MAX_BACKOFF_NANOS, backoffNanos * 2);
        if (refusals < door.count()) return jittered;
        // All have said so. Those that were refused together were told the same number.
        return Math.max(jittered, (long) (refusedNanos * (1 + Math.random() / 5)));
    }

    /** As the protocol asks: who says nothing for that long is dead, whatever its kernel acknowledges. */
    private void listen(ClientSocket current) {
        loop.loop().at(heardAt + silenceNanos, () -> {
            if (current != socket) return;
            if (System.nanoTime() - heardAt < silenceNanos) listen(current);
            else drop(current, "nothing heard for " + TimeUnit.NANOSECONDS.toSeconds(silenceNanos) + " s");
        });
    }

    private void drop(ClientSocket current, String why) {
        current.abort();
        onClosed(current, why);
    }

    private void giveUp(ClientSocket attempt) {
        if (attempt != socket || in) return;
        drop(attempt, "no answer within " + TimeUnit.NANOSECONDS.toSeconds(CONNECT_NANOS) + " s");
    }
}
