package io.fanwire.node.topic;

import com.google.protobuf.CodedInputStream;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Publication;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds out again where the events of a segment end, and at which positions: from their encodings. For one thread. */
final class MarkReader {
    private final CodedInputStream in;
    private final long start;
    private Mark mark;

    MarkReader(Mark start, byte[] bytes) {
        this.in = CodedInputStream.newInstance(bytes);
        this.start = start.address();
        this.mark = start;
    }

    /** Behind the events that were read. */
    Mark mark() {
        return mark;
    }

    /** Reads one event; there must be one. */
    void next() {
        try {
            in.readTag();
            int end = in.readUInt32() + in.getTotalBytesRead();
            boolean isGap = in.readTag() >>> 3 == Event.GAP_FIELD_NUMBER;
            in.readUInt32();
            Position position =
                    isGap ? behindGap(end) : new Position(mark.position().epoch(), offset(end));
            in.skipRawBytes(end - in.getTotalBytesRead());
            mark = new Mark(start + end, mark.count() + (isGap ? 0 : 1), position);
        } catch (IOException e) {
            throw new UncheckedIOException("a segment holds what is no event", e);
        }
    }

    private long offset(int end) throws IOException {
        while (in.getTotalBytesRead() < end) {
            int tag = in.readTag();
            if (tag >>> 3 == Publication.OFFSET_FIELD_NUMBER) return in.readUInt64();
            in.skipField(tag);
        }
        return 0;
    }

    private Position behindGap(int end) throws IOException {
        Gap gap = Gap.parseFrom(in.readRawBytes(end - in.getTotalBytesRead()));
        return new Position(gap.getEpoch(), Math.max(0, gap.getToOffset()));
    }
}
