package io.fanwire.node.session;

import com.google.protobuf.CodedOutputStream;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A session's own events on their way out: replies, gaps, heartbeats; string together into as few frames as they fit.
 * Holds no memory while it is empty. All state is owned by the lane.
 */
final class ControlBuffer {
    private final Queue<ByteBuffer> full = new ArrayDeque<>(0);
    private @Nullable ByteArrayOutputStream open;
    private int size;

    /** Bytes that wait. */
    int size() {
        return size;
    }

    void add(Event event) {
        ServerFrame frame = ServerFrame.newBuilder().addEvents(event).build();
        int frameSize = frame.getSerializedSize();
        if (open != null && open.size() + frameSize > Limits.MAX_SERVER_FRAME_BYTES) closeFrame(open);
        if (open == null) open = new ByteArrayOutputStream(frameSize);
        encode(frame, open);
        size += frameSize;
    }

    /** The next frame, taken out; null if nothing waits. */
    @Nullable
    ByteBuffer poll() {
        if (full.isEmpty() && open != null) closeFrame(open);
        ByteBuffer frame = full.poll();
        if (frame != null) size -= frame.remaining();
        return frame;
    }

    private void closeFrame(ByteArrayOutputStream frame) {
        full.add(ByteBuffer.wrap(frame.toByteArray()));
        open = null;
    }

    private static void encode(ServerFrame frame, ByteArrayOutputStream target) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(target, frame.getSerializedSize());
            frame.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused bytes", e);
        }
    }
}
