package io.fanwire.node.topic;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The view of a segment that a lane's last write was made from. Subscribers of a topic read the same segment one after
 * the other, and most writes are over at once: so one view does for all of them. Owned by the lane.
 */
final class SpareView {
    private @Nullable ByteBuffer spare;

    /** A view between two indexes of the bytes; it is the caller's until it is given back, if ever. */
    ByteBuffer take(byte[] bytes, int from, int to) {
        ByteBuffer view = spare;
        spare = null;
        if (view == null || view.array() != bytes) view = ByteBuffer.wrap(bytes);
        return view.clear().limit(to).position(from);
    }

    /** Nobody reads the view any more. */
    void giveBack(ByteBuffer view) {
        spare = view;
    }
}
