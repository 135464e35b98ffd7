package io.fanwire.client;

import com.google.protobuf.ByteString;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Publication;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One message of a topic. Immutable. */
public final class Message {
    private final String topic;
    private final Position position;
    private final Instant publishedAt;
    private final ByteString payload;
    private final boolean isText;

    private Message(String topic, Position position, Instant publishedAt, ByteString payload, boolean isText) {
        this.topic = topic;
        this.position = position;
        this.publishedAt = publishedAt;
        this.payload = payload;
        this.isText = isText;
    }

    /** A message as a listener gets it; for tests of listeners. */
    public static Message ofText(String topic, Position position, Instant publishedAt, String text) {
        return new Message(topic, position, publishedAt, ByteString.copyFromUtf8(text), true);
    }

    /** A message as a listener gets it; for tests of listeners. */
    public static Message ofBinary(String topic, Position position, Instant publishedAt, byte[] payload) {
        return new Message(topic, position, publishedAt, ByteString.copyFrom(payload), false);
    }

    static Message of(String topic, Position position, Publication wire) {
        Instant publishedAt = Instant.EPOCH.plus(wire.getPublishedAtUs(), ChronoUnit.MICROS);
        boolean isText = wire.hasText();
        return new Message(topic, position, publishedAt, isText ? wire.getTextBytes() : wire.getBinary(), isText);
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /** Where the message stands in its topic. */
    public Position position() {
        return position;
    }

    /** When the publisher's node took the message, by that node's clock, to the microsecond. */
    public Instant publishedAt() {
        return publishedAt;
    }

    /** Whether it was published as text. */
    public boolean isText() {
        return isText;
    }

    /** A copy of the payload; of a text, its UTF-8 form. */
    public byte[] payload() {
        return payload.toByteArray();
    }

    /** The text; of a binary payload, its bytes read as UTF-8, with U+FFFD for what is none. */
    public String text() {
        return payload.toStringUtf8();
    }

    /** The size of the payload in bytes, without a copy. */
    public int size() {
        return payload.size();
    }

    @Override
    public String toString() {
        return topic + " " + position + (isText ? " text, " : " binary, ") + size() + " bytes";
    }
}
