package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that is a good one until it is subscribed. All of it belongs to its loop. */
abstract class BadClient extends EventReader {
    private static final int CONNECT = 1;

    private static final int BEATS_PER_PATIENCE = 4;
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<String> topics;
    private final SortedMap<String, Integer> thrownOut = new TreeMap<>();
    private Runnable comeAgain = () -> {};
    private @Nullable ClientSocket socket;
    private @Nullable String ended;
    private Duration patience = Duration.ZERO;
    private int subscribed;
    private long badSince;
    private long received;
    private long missed;

    BadClient(List<String> topics) {
        this.topics = topics;
    }

    /** Begins; it is subscribed. */
    abstract void misbehave(ClientSocket mine);

    /** Of its socket's receive buffer; 0 leaves it to the system. */
    int receiveBytes() {
        return 0;
    }

    /** Whether it returns when it is thrown out. */
    boolean comesBack() {
        return false;
    }

    /** @param connect how it gets in, the first time and again */
    void come(Runnable connect) {
        comeAgain = connect;
        connect.run();
    }

    /** How often it was thrown out and came again, by cause. */
    SortedMap<String, Integer> thrownOut() {
        return thrownOut;
    }

    /** Says until its end that it is alive. */
    final void beat(ClientSocket mine) {
        if (mine != socket || !isOpen()) return;
        mine.send(Commands.heartbeat());
        long pause = Math.max(LEAST_PAUSE_NANOS, patience.toNanos() / BEATS_PER_PATIENCE);
        mine.loop().at(System.nanoTime() + pause, () -> beat(mine));
    }

    /** Without a word. */
    final void leave(ClientSocket mine) {
        if (mine != socket || !isOpen()) return;
        ended = "left by itself";
        mine.abort();
    }

    /** Reads on without limits. */
    void behave() {
        if (socket == null) return;
        socket.setReadLimit(Integer.MAX_VALUE);
        socket.setReading(true);
    }

    boolean hasJoined() {
        return subscribed == topics.size();
    }

    boolean isOpen() {
        return socket != null && ended == null;
    }

    /** Why it was closed, or could not join; null if neither. */
    @Nullable
    String ended() {
        return ended;
    }

    long received() {
        return received;
    }

    /** Publications that gaps have named. */
    long missed() {
        return missed;
    }

    /** How long the node said it would stand silence. */
    Duration patience() {
        return patience;
    }

    /** How long it has been bad. */
    Duration bad() {
        return Duration.ofNanos(System.nanoTime() - badSince);
    }

    @Override
    public void onOpen(ClientSocket opened) {
        socket = opened;
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.writeBytes(Commands.connect(CONNECT, "fanwire-chaos"));
        for (int i = 0; i < topics.size(); i++) greeting.writeBytes(Commands.subscribe(CONNECT + 1 + i, topics.get(i)));
        opened.send(greeting.toByteArray());
    }

    @Override
    public void onClosed(ClientSocket closed, String why) {
        // The class of an exception says nothing to a user.
        String text = why.substring(why.startsWith("java.") ? why.indexOf(": ") + 2 : 0);
        if (comesBack()) comeAgain(closed, text);
        else ended = text;
    }

    @Override
    protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {
        received++;
    }

    @Override
    protected void onEvent(Event event) {
        if (event.hasReply()) onReply(event.getReply());
        if (event.hasGap()) onGap(event.getGap());
    }

    private void onReply(Reply reply) {
        if (reply.hasConnected()) patience = patience(reply.getConnected());
        if (reply.hasError() && socket != null) {
            ended = reply.getError().getMessage();
            socket.abort();
        }
        if (!reply.hasSubscribed() || ++subscribed < topics.size() || socket == null) return;
        badSince = System.nanoTime();
        misbehave(socket);
    }

    private void comeAgain(ClientSocket closed, String why) {
        thrownOut.merge(why, 1, Integer::sum);
        socket = null;
        subscribed = 0;
        closed.loop().at(System.nanoTime() + RETURN_NANOS, comeAgain);
    }

    private void onGap(Gap gap) {
        missed += Math.max(0, gap.getToOffset() - gap.getFromOffset() + 1);
    }

    private static Duration patience(Connected connected) {
        return Duration.ofMillis((long) connected.getHeartbeatIntervalMs() + connected.getHeartbeatTimeoutMs());
    }
}
