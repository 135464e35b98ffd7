package io.fanwire.node.topic;

import com.google.protobuf.ByteString;
import io.fanwire.protocol.v1.Publication;

/** A publication as the backplane brings it: encoded without topic id and offset. */
final class SampleBody {
    private static final long PUBLISHED_AT_US = 1_767_225_600_000_000L;

    private SampleBody() {}

    static byte[] of(int payloadBytes) {
        return Publication.newBuilder()
                .setPublishedAtUs(PUBLISHED_AT_US)
                .setBinary(ByteString.copyFrom(new byte[payloadBytes]))
                .build()
                .toByteArray();
    }
}
