package io.fanwire.node.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.ServerFrame;
import java.nio.ByteBuffer;
import java.util.List;

/** Publications for tests of the log. */
final class TestEvents {
    private static final int TOPIC_ID = 7;

    private TestEvents() {}

    /** Appends the topic's next publication. */
    static void append(TopicLog log, int payloadBytes) {
        long offset = log.head().position().offset() + 1;
        log.appendPublication(EncodedEvent.publication(TOPIC_ID, offset, body(payloadBytes)), new Position(1, offset));
    }

    /** What a backplane delivers. */
    static byte[] body(int payloadBytes) {
        return Publication.newBuilder()
                .setBinary(ByteString.copyFrom(new byte[payloadBytes]))
                .build()
                .toByteArray();
    }

    static List<Long> offsets(ByteBuffer frame) {
        try {
            return ServerFrame.parseFrom(frame).getEventsList().stream()
                    .map(Event::getPublication)
                    .peek(publication -> assertThat(publication.getTopicId()).isEqualTo(TOPIC_ID))
                    .map(Publication::getOffset)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Before the oldest event of an epoch that the log begins with; the head if there is none. */
    static Mark oldest(TopicLog log, long epoch) {
        Mark first = log.firstFrom(new Position(epoch, 0));
        return first == null ? log.head() : first;
    }
}
