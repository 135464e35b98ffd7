package io.fanwire.bench.peer;

import io.fanwire.bench.load.Arrivals;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.loadtest.wire.MessageReader;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** How clients of a server talk. Stateless; any thread. */
public interface Dialect {
    Handshake handshake(String host);

    /** A client that subscribes to topics, tells when it has all of them, and what it gets. */
    MessageReader subscriber(List<String> topics, Arrivals arrivals);

    /** A client that only publishes; {@code ready} runs on its loop when it may begin. */
    MessageReader publisher(Runnable ready);

    /** Appends one publish command to a message. */
    void appendPublish(ByteArrayOutputStream message, String topic, byte[] payload);
}
