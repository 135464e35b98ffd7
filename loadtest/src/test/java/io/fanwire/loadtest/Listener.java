package io.fanwire.loadtest;

import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that subscribes to topics and holds the node to its promise: each event goes on where the last one ended, or
 * a gap stands between. Written by its loop; tests read the rest.
 */
final class Listener extends EventReader {
    private static final int CONNECT = 1;

    private final List<String> topics;
    private final Map<Integer, Long> next = new HashMap<>();
    private volatile int subscribed;
    private volatile long received;
    private volatile long missed;
    private volatile long lastOffset;
    private volatile @Nullable String fault;
    private volatile @Nullable String closed;
    private volatile @Nullable ClientSocket socket;

    Listener(List<String> topics) {
        this.topics = topics;
    }

    @Override
    public void onOpen(ClientSocket opened) {
        socket = opened;
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.writeBytes(Commands.connect(CONNECT, "listener"));
        for (int i = 0; i < topics.size(); i++) {
            greeting.writeBytes(Commands.subscribe(CONNECT + 1 + i, topics.get(i)));
        }
        opened.send(greeting.toByteArray());
    }

    @Override
    public void onClosed(ClientSocket ended, String why) {
        closed = why;
    }

    @Override
    protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {
        received++;
        goOn(topicId, offset, offset);
    }

    @Override
    protected void onEvent(Event event) {
        if (event.hasReply()) onReply(event.getReply());
        if (event.hasHeartbeat()) socket().send(Commands.heartbeat());
        if (event.hasGap()) onGap(event.getGap());
    }

    boolean isConnected() {
        return socket != null;
    }

    boolean isSubscribed() {
        return subscribed == topics.size();
    }

    long received() {
        return received;
    }

    /** Publications that gaps have named. */
    long missed() {
        return missed;
    }

    /** Of the last event, whatever its topic. */
    long lastOffset() {
        return lastOffset;
    }

    /** What was not as promised; null if all was. */
    @Nullable
    String fault() {
        return fault;
    }

    /** Why the connection ended; null if it did not. */
    @Nullable
    String closed() {
        return closed;
    }

    void setReading(boolean on) {
        ClientSocket mine = socket();
        mine.loop().execute(() -> mine.setReading(on));
    }

    void leave() {
        ClientSocket mine = socket();
        mine.loop().execute(mine::close);
    }

    void drop() {
        ClientSocket mine = socket();
        mine.loop().execute(mine::abort);
    }

    ClientSocket socket() {
        ClientSocket mine = socket;
        if (mine == null) throw new IllegalStateException("not connected");
        return mine;
    }

    private void onReply(Reply reply) {
        if (reply.hasError()) fault = reply.toString();
        if (!reply.hasSubscribed()) return;
        subscribed++;
        lastOffset = reply.getSubscribed().getPosition().getOffset();
        next.put(reply.getSubscribed().getTopicId(), lastOffset + 1);
    }

    private void onGap(Gap gap) {
        if (gap.getReason() != Gap.Reason.REASON_TOO_SLOW) fault = "a gap for another reason: " + gap;
        missed += gap.getToOffset() - gap.getFromOffset() + 1;
        goOn(gap.getTopicId(), gap.getFromOffset(), gap.getToOffset());
    }

    private void goOn(int topicId, long from, long to) {
        Long expected = next.put(topicId, to + 1);
        lastOffset = to;
        if (expected == null) fault = "an event of a topic that is not subscribed: " + topicId;
        else if (expected != from) fault = "offset " + from + " came where " + expected + " was due";
    }
}
