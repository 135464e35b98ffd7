package io.fanwire.node.topic;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One event, encoded as a whole {@link ServerFrame} that holds it: such encodings can be strung together into one
 * frame.
 *
 * @param head everything up to the body
 * @param body the rest, taken over from the backplane as it came
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedEvent(byte[] head, byte[] body) {
    private static final byte[] NONE = {};

    /**
     * A publication of which the backplane brought the encoding without topic id and offset: these two come before it,
     * which makes the encoding of the whole, because fields may come in any order.
     */
    static EncodedEvent publication(int topicId, long offset, byte[] body) {
        int publicationSize = CodedOutputStream.computeUInt32Size(Publication.TOPIC_ID_FIELD_NUMBER, topicId)
                + CodedOutputStream.computeUInt64Size(Publication.OFFSET_FIELD_NUMBER, offset)
                + body.length;
        int eventSize = CodedOutputStream.computeTagSize(Event.PUBLICATION_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(publicationSize)
                + publicationSize;
        int headSize = CodedOutputStream.computeTagSize(ServerFrame.EVENTS_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(eventSize)
                + eventSize
                - body.length;
        byte[] head = new byte[headSize];
        CodedOutputStream out = CodedOutputStream.newInstance(head);
        try {
            out.writeTag(ServerFrame.EVENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(eventSize);
            out.writeTag(Event.PUBLICATION_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(publicationSize);
            out.writeUInt32(Publication.TOPIC_ID_FIELD_NUMBER, topicId);
            out.writeUInt64(Publication.OFFSET_FIELD_NUMBER, offset);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array of the computed size was too small", e);
        }
        return new EncodedEvent(head, body);
    }

    static EncodedEvent gap(int topicId, long epoch, long from, long to, Gap.Reason reason) {
        Event gap = Gaps.event(topicId, epoch, from, to, reason);
        return new EncodedEvent(ServerFrame.newBuilder().addEvents(gap).build().toByteArray(), NONE);
    }

    int size() {
        return head.length + body.length;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(head, 0, target, at, head.length);
        System.arraycopy(body, 0, target, at + head.length, body.length);
    }
}
