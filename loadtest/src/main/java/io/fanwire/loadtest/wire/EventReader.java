package io.fanwire.loadtest.wire;

import com.google.protobuf.CodedInputStream;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Reads the events of a node. Publications are read in place, field by field, in the order in which nodes write them;
 * everything else is rare, and left to protobuf.
 */
public abstract class EventReader implements MessageReader {
    private static final int EVENT_TAG = tag(ServerFrame.EVENTS_FIELD_NUMBER, 2);
    private static final int PUBLICATION_TAG = tag(Event.PUBLICATION_FIELD_NUMBER, 2);
    private static final int TOPIC_ID_TAG = tag(Publication.TOPIC_ID_FIELD_NUMBER, 0);
    private static final int OFFSET_TAG = tag(Publication.OFFSET_FIELD_NUMBER, 0);
    private static final int PUBLISHED_AT_TAG = tag(Publication.PUBLISHED_AT_US_FIELD_NUMBER, 1);
    private static final int BINARY_TAG = tag(Publication.BINARY_FIELD_NUMBER, 2);
    private static final int TEXT_TAG = tag(Publication.TEXT_FIELD_NUMBER, 2);

    // Where the next byte is read; only meaningful inside read().
    private int at;

    @Override
    public final int read(ByteBuffer bytes, int from, int to) {
        int done = from;
        while (done < to) {
            at = done + 1;
            if (bytes.get(done) != EVENT_TAG) throw new IllegalStateException("a ServerFrame with a strange field");
            int length = length(bytes, to);
            if (length < 0 || to - at < length) break;
            done = at + length;
            event(bytes, done);
        }
        onRead();
        return done;
    }

    /**
     * A publication; its payload stands between two indexes of the buffer, which is only valid during the call.
     */
    protected abstract void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo);

    /** Anything else. */
    protected abstract void onEvent(Event event);

    /** The events of one read have been told. */
    protected void onRead() {}

    private void event(ByteBuffer bytes, int end) {
        if (at == end || bytes.get(at) != PUBLICATION_TAG) {
            onEvent(parse(bytes, at, end));
            return;
        }
        at++;
        varint(bytes);
        publication(bytes, end);
    }

    private void publication(ByteBuffer bytes, int end) {
        int topicId = 0;
        long offset = 0;
        while (at < end) {
            int tag = bytes.get(at++);
            if (tag == TOPIC_ID_TAG) {
                topicId = (int) varint(bytes);
            } else if (tag == OFFSET_TAG) {
                offset = varint(bytes);
            } else if (tag == PUBLISHED_AT_TAG) {
                at += Long.BYTES;
            } else if (tag == BINARY_TAG || tag == TEXT_TAG) {
                int length = (int) varint(bytes);
                onPublication(topicId, offset, bytes, at, at + length);
                return;
            } else {
                throw new IllegalStateException("a publication with a strange field: tag " + tag);
            }
        }
        // An empty text is a field that protobuf may leave out.
        onPublication(topicId, offset, bytes, end, end);
    }

    /** A length of up to three bytes; -1 if it is not whole. */
    private int length(ByteBuffer bytes, int to) {
        int value = 0;
        for (int shift = 0; at < to; shift += 7) {
            byte next = bytes.get(at++);
            value |= (next & 0x7F) << shift;
            if (next >= 0) return value;
        }
        return -1;
    }

    private long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get(at++);
            value |= (next & 0x7FL) << shift;
            if (next >= 0) return value;
        }
    }

    private static Event parse(ByteBuffer bytes, int from, int to) {
        try {
            return Event.parseFrom(CodedInputStream.newInstance(bytes.slice(from, to - from)));
        } catch (IOException e) {
            throw new UncheckedIOException("no event", e);
        }
    }

    private static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }
}
