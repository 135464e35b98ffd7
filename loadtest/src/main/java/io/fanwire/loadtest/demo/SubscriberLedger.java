package io.fanwire.loadtest.demo;

import io.fanwire.client.Message;
import io.fanwire.client.TopicListener;
import io.fanwire.protocol.Position;
import java.util.HashSet;
import java.util.Set;

/**
 * What one subscriber received of one topic, checked position by position. Written on its client's loop, read by any
 * thread.
 */
final class SubscriberLedger implements TopicListener {
    // A larger jump is taken for a broken topic instead of being written down offset by offset.
    private static final long MAX_HOLE = 1_000_000;

    private final int node;
    private final TopicLedger topic;
    private final Deliveries deliveries;
    private final Set<Long> missing = new HashSet<>();
    private boolean begun;
    private Position last = new Position(0, 0);
    private long received;
    private long duplicated;
    private long outOfOrder;
    private long lostEpochs;
    private long checksum;

    SubscriberLedger(int node, TopicLedger topic, Deliveries deliveries) {
        this.node = node;
        this.topic = topic;
        this.deliveries = deliveries;
    }

    @Override
    public synchronized void onSubscribed(Position position) {
        if (!begun) last = position;
        begun = true;
    }

    @Override
    public void onMessage(Message message) {
        boolean isNew = record(message.position());
        Payload.parse(message.text()).ifPresent(payload -> {
            if (isNew) add(message.position(), payload);
            deliveries.add(payload, node);
        });
    }

    synchronized long duplicated() {
        return duplicated;
    }

    synchronized long outOfOrder() {
        return outOfOrder;
    }

    /** The holes in what was received so far. */
    synchronized long holes() {
        return missing.size() + lostEpochs;
    }

    /** How many acknowledged publications have not come: the holes, and what is due at the end. */
    synchronized long lost() {
        return holes() + Math.max(0, topic.lastOffset() - last.offset());
    }

    /** Whether everything that was acknowledged has come, and is what was published at its position. */
    synchronized boolean isComplete() {
        return lost() == 0 && received == topic.acknowledged() && checksum == topic.checksum();
    }

    private synchronized boolean record(Position position) {
        if (position.epoch() != last.epoch()) return recordNewEpoch(position);
        if (position.offset() > last.offset()) return recordAhead(position);
        if (!missing.remove(position.offset())) {
            duplicated++;
            return false;
        }
        outOfOrder++;
        return true;
    }

    private boolean recordAhead(Position position) {
        if (position.offset() - last.offset() > MAX_HOLE) return recordNewEpoch(position);
        for (long offset = last.offset() + 1; offset < position.offset(); offset++) missing.add(offset);
        last = position;
        return true;
    }

    // How much is lost with an epoch nobody knows; one is enough to fail.
    private boolean recordNewEpoch(Position position) {
        lostEpochs++;
        last = position;
        return true;
    }

    private synchronized void add(Position position, Payload payload) {
        received++;
        checksum += Checksum.of(position.offset(), payload.number());
    }
}
