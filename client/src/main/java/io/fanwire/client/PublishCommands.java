package io.fanwire.client;

import com.google.protobuf.ByteString;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Publish;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Turns what callers want to publish into commands, with idempotency keys that no one else uses. Thread-safe. */
final class PublishCommands {
    private final String keyPrefix = UUID.randomUUID() + "/";
    private final AtomicLong keys = new AtomicLong();

    /** @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar */
    Publish.Builder text(String topic, String text) {
        return to(topic).setTextBytes(ByteString.copyFromUtf8(text));
    }

    /** @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar */
    Publish.Builder binary(String topic, byte[] payload) {
        return to(topic).setBinary(ByteString.copyFrom(payload));
    }

    /** A key of its own: a UUID for the client and a count take at most 50 bytes. */
    String newKey() {
        return keyPrefix + Long.toString(keys.incrementAndGet(), Character.MAX_RADIX);
    }

    /** @throws IllegalArgumentException if the key is empty or too long */
    static String checkedKey(String key) {
        int bytes = ByteString.copyFromUtf8(key).size();
        if (bytes < 1 || bytes > Limits.MAX_IDEMPOTENCY_KEY_BYTES) {
            throw new IllegalArgumentException("an idempotency key has 1 to " + Limits.MAX_IDEMPOTENCY_KEY_BYTES
                    + " bytes of UTF-8, this one has " + bytes);
        }
        return key;
    }

    /** Whether a node could take it. A stricter node says so itself. */
    static boolean isTooLarge(Publish.Builder publish) {
        int bytes = publish.hasText()
                ? publish.getTextBytes().size()
                : publish.getBinary().size();
        return bytes > Limits.MAX_PAYLOAD_BYTES;
    }

    private static Publish.Builder to(String topic) {
        return Publish.newBuilder().setTopic(new Topic(topic).name());
    }
}
