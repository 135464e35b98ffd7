package io.fanwire.node.topic;

import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;

/** The events that tell of gaps. */
final class Gaps {
    private Gaps() {}

    /** See {@link io.fanwire.node.backplane.TopicListener#onGap}. */
    static Event event(int topicId, long epoch, long from, long to, Gap.Reason reason) {
        return Event.newBuilder()
                .setGap(Gap.newBuilder()
                        .setTopicId(topicId)
                        .setEpoch(epoch)
                        .setFromOffset(from)
                        .setToOffset(to)
                        .setReason(reason))
                .build();
    }
}
