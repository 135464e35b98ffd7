package io.fanwire.node.sim;

import io.fanwire.node.backplane.redis.SimChronicle;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Since;
import io.fanwire.protocol.v1.Subscribed;

/**
 * What one client has seen of one topic, over all its connections, held against what was really published: each position
 * once, in order, with what was published there, or told to be missing; and no loss of Redis without a word.
 */
final class SimView {
    private final String topic;
    private final SimChronicle chronicle;
    private boolean placed;
    private long epoch;
    private long last;
    // A node that is behind may send again what is up to here.
    private long again;

    SimView(String topic, SimChronicle chronicle) {
        this.topic = topic;
        this.chronicle = chronicle;
    }

    String topic() {
        return topic;
    }

    Position last() {
        return new Position(epoch, last);
    }

    Since since() {
        return Since.newBuilder()
                .setPosition(io.fanwire.protocol.v1.Position.newBuilder()
                        .setEpoch(epoch)
                        .setOffset(last))
                .build();
    }

    void subscribed(Subscribed reply) {
        long newEpoch = reply.getPosition().getEpoch();
        long offset = reply.getPosition().getOffset();
        again = 0;
        if (placed && reply.getResumed()) {
            check(newEpoch == epoch || shared(newEpoch) >= last, "goes on, though something was lost", reply);
            check(offset <= last, "resumed beyond the position asked for", reply);
            again = last;
        } else if (placed && newEpoch == epoch && !reply.getPositionLost()) {
            // Not resumed: what lies between is told by that.
            again = last;
            last = Math.max(last, offset);
        } else {
            last = offset;
        }
        epoch = newEpoch;
        placed = true;
    }

    /** @return whether it is new */
    boolean publication(Publication publication) {
        long offset = publication.getOffset();
        byte[] body =
                publication.toBuilder().clearTopicId().clearOffset().build().toByteArray();
        check(
                chronicle.isWhatWasPublished(topic, new Position(epoch, offset), body),
                "not what was published there",
                publication);
        if (offset <= last) {
            check(offset <= again, "twice or out of order", publication);
            return false;
        }
        check(offset == last + 1, "missing in silence", publication);
        last = offset;
        return true;
    }

    void gap(Gap gap) {
        switch (gap.getReason()) {
            case REASON_EPOCH_CONTINUED -> {
                check(gap.getFromOffset() == last + 1 || gap.getFromOffset() <= again + 1, "does not fit", gap);
                check(gap.getToOffset() == gap.getFromOffset() - 1, "continued with a loss", gap);
                // A node that is behind says nothing of what was seen elsewhere: that may live on or not.
                if (gap.getToOffset() < last) last = Math.min(last, shared(gap.getEpoch()));
                check(shared(gap.getEpoch()) >= last, "continued, though something was lost", gap);
            }
            case REASON_EPOCH_CHANGED -> {
                check(gap.getEpoch() != epoch, "no other epoch", gap);
                long known = Math.min(last, shared(gap.getEpoch()));
                check(gap.getFromOffset() <= known + 1, "a new epoch that leaves something out", gap);
                last = gap.getToOffset();
                again = 0;
            }
            default -> {
                check(gap.getEpoch() == epoch, "another epoch", gap);
                check(gap.getFromOffset() <= gap.getToOffset(), "a gap of nothing", gap);
                check(gap.getFromOffset() == last + 1 || gap.getFromOffset() <= again + 1, "does not fit", gap);
                last = Math.max(last, gap.getToOffset());
            }
        }
        epoch = gap.getEpoch();
    }

    @Override
    public String toString() {
        return topic + " " + last();
    }

    private long shared(long newer) {
        return newer == epoch ? Long.MAX_VALUE : chronicle.shared(topic, epoch, newer);
    }

    private void check(boolean holds, String otherwise, Object event) {
        if (!holds) throw new AssertionError(otherwise + ": " + this + ", then " + event);
    }
}
