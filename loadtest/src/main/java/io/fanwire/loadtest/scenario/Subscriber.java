package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A client of some topics, that follows each from offset to offset: what is missing without a gap event is counted as
 * lost in silence. All state is owned by the loop.
 */
class Subscriber extends LoadClient {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<String> topics;
    private final int share;
    private final int[] ids;
    private final long[] epochs;
    private final long[] last;
    private final boolean[] placed;
    private int subscribed;
    private long cutAt;
    private boolean catchingUp;

    /** @param share this process' */
    Subscriber(LoadLoop loop, Door door, int number, List<String> topics, int share) {
        super(loop, door, number);
        this.share = share;
        this.topics = topics;
        ids = new int[topics.size()];
        epochs = new long[topics.size()];
        last = new long[topics.size()];
        placed = new boolean[topics.size()];
    }

    /** Loses its connection, and measures how long it takes to be back. */
    final void lose() {
        cutAt = System.nanoTime();
        catchingUp = false;
        cut();
    }

    final boolean hasAll() {
        return subscribed == topics.size();
    }

    /** It has all that it asked for, the first time or again. */
    void onAll() {}

    /**
     * How many publications it has neither got nor was told to be missing.
     *
     * @param tops the newest that was acknowledged, by topic
     */
    final long behind(Map<String, Position> tops) {
        long behind = 0;
        for (int i = 0; i < ids.length; i++) {
            Position top = tops.get(topics.get(i));
            if (top == null || !placed[i] || top.epoch() != epochs[i]) continue;
            behind += Math.max(0, top.offset() - last[i]);
        }
        return behind;
    }

    @Override
    final void onIn() {
        for (int i = 0; i < topics.size(); i++) subscribe(i);
    }

    @Override
    final void onOut() {
        if (hasAll()) tally().ready(-1);
        subscribed = 0;
        Arrays.fill(ids, 0);
    }

    @Override
    final void onReply(Reply reply) {
        if (reply.hasSubscribed()) onSubscribed((int) (reply.getId() - CONNECT_ID - 1), reply.getSubscribed());
        else if (reply.hasError()) onRefused((int) (reply.getId() - CONNECT_ID - 1), reply.getError());
    }

    @Override
    protected final void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {
        int topic = indexOf(topicId);
        if (topic < 0) return;
        long expected = last[topic] + 1;
        if (offset < expected) {
            tally().count("duplicates", 1);
            return;
        }
        if (offset > expected) lostBefore(topic, offset);
        last[topic] = offset;
        if (payloadTo - payloadFrom >= Payload.HEADER_BYTES) arrived(bytes, payloadFrom);
    }

    @Override
    protected final void onRead() {
        super.onRead();
        tally().endOfRead();
    }

    @Override
    final void onGap(int topicId, Event event) {
        int topic = indexOf(topicId);
        if (topic < 0) return;
        Gap gap = event.getGap();
        boolean sameEpoch = gap.getEpoch() == epochs[topic];
        if (sameEpoch && gap.getFromOffset() > last[topic] + 1) lostBefore(topic, gap.getFromOffset());
        tally().missed(Math.max(0, gap.getToOffset() - gap.getFromOffset() + 1));
        if (!sameEpoch) tally().count("epochs", 1);
        epochs[topic] = gap.getEpoch();
        last[topic] = gap.getToOffset();
    }

    private void subscribe(int topic) {
        send(Commands.subscribe(CONNECT_ID + 1 + topic, topics.get(topic)));
    }

    private void onRefused(int topic, Error error) {
        tally().failure("subscribe: " + error.getMessage());
        if (!error.getRetryable()) {
            tally().count("refused subscriptions", 1);
            return;
        }
        loop().loop().at(System.nanoTime() + (long) (Math.random() * RETRY_NANOS), () -> {
            if (isIn() && ids[topic] == 0) subscribe(topic);
        });
    }

    private void onSubscribed(int topic, Subscribed answer) {
        ids[topic] = answer.getTopicId();
        Position position = new Position(
                answer.getPosition().getEpoch(), answer.getPosition().getOffset());
        if (placed[topic]) missedWhileAway(topic, position);
        placed[topic] = true;
        epochs[topic] = position.epoch();
        last[topic] = position.offset();
        if (++subscribed == topics.size()) onReady();
    }

    // The position of a new subscription tells what was missed.
    private void missedWhileAway(int topic, Position position) {
        if (position.epoch() != epochs[topic]) tally().count("epochs", 1);
        else tally().missed(Math.max(0, position.offset() - last[topic]));
    }

    private void onReady() {
        tally().ready(1);
        tally().count("subscribed", 1);
        onAll();
        if (cutAt == 0) return;
        tally().latency("back", System.nanoTime() - cutAt);
        tally().count("back", 1);
        catchingUp = true;
    }

    private void arrived(ByteBuffer bytes, int payload) {
        long age = WallClock.ofNanoTime(loop().loop().readNanos()) - bytes.getLong(payload);
        tally().delivery(Payload.share(bytes, payload) == share, age);
        if (catchingUp) catchUp(age);
    }

    /** What was published after it was cut off has come: all before is delivered, or told to be missing. */
    private void catchUp(long age) {
        long now = System.nanoTime();
        if (now - age < cutAt) return;
        tally().latency("caught up", now - cutAt);
        tally().count("caught up", 1);
        catchingUp = false;
        cutAt = 0;
    }

    private void lostBefore(int topic, long offset) {
        tally().count("silent", offset - last[topic] - 1);
    }

    private int indexOf(int topicId) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == topicId) return i;
        }
        return -1;
    }
}
