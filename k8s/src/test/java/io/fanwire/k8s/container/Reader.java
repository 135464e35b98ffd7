package io.fanwire.k8s.container;

import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.protocol.v1.Event;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** One client of a {@link Crowd}. Belongs to its loop. */
final class Reader extends EventReader {
    private final Crowd crowd;
    private final List<String> topics;
    private final boolean reads;

    Reader(Crowd crowd, List<String> topics, boolean reads) {
        this.crowd = crowd;
        this.topics = topics;
        this.reads = reads;
    }

    @Override
    public void onOpen(ClientSocket socket) {
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.writeBytes(Commands.connect(1, "fanwire-k8s"));
        for (int i = 0; i < topics.size(); i++) greeting.writeBytes(Commands.subscribe(2 + i, topics.get(i)));
        socket.send(greeting.toByteArray());
        crowd.let(socket);
        if (!reads) socket.setReading(false);
    }

    @Override
    public void onClosed(ClientSocket socket, String why) {
        crowd.lost(socket, why);
    }

    @Override
    protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {
        crowd.read();
    }

    @Override
    protected void onEvent(Event event) {
        if (event.hasReply() && event.getReply().hasSubscribed()) crowd.hasSubscribed();
    }
}
