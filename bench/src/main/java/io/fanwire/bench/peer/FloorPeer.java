package io.fanwire.bench.peer;

import io.fanwire.bench.load.Arrivals;
import io.fanwire.harness.ChildProcess;
import io.fanwire.harness.LoopbackPort;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.loadtest.wire.MessageReader;
import io.fanwire.protocol.v1.Event;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The {@link FloorServer} as a process. It publishes by itself as soon as the last client has come. */
final class FloorPeer implements Peer {
    private static final Duration POLL = Duration.ofMillis(20);

    private final ChildProcess process;
    private final int port;

    private FloorPeer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param batch publications in one message
     * @param rate publications per second; 0 for as many as the sockets take
     */
    static FloorPeer start(int clients, int payloadBytes, int batch, int rate) {
        int port = LoopbackPort.free();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FloorServer.class.getName(),
                Integer.toString(port),
                Integer.toString(clients),
                Integer.toString(payloadBytes),
                Integer.toString(batch),
                Integer.toString(rate));
        return new FloorPeer(ChildProcess.start(command), port).awaitListening();
    }

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    @Override
    public Dialect dialect() {
        return new FloorDialect();
    }

    @Override
    public void close() {
        process.close();
    }

    private FloorPeer awaitListening() {
        while (LoopbackPort.isFree(port)) {
            if (process.awaitExit(POLL)) throw new IllegalStateException("the floor ended: " + process.lastWords());
        }
        return this;
    }

    /** The node's events, without its commands. */
    private static final class FloorDialect implements Dialect {
        @Override
        public Handshake handshake(String host) {
            return new Handshake(host, "/", null);
        }

        @Override
        public MessageReader subscriber(List<String> topics, Arrivals arrivals) {
            return new Reader(arrivals);
        }

        @Override
        public MessageReader publisher(Runnable ready) {
            throw new UnsupportedOperationException("the floor publishes by itself");
        }

        @Override
        public void appendPublish(ByteArrayOutputStream message, String topic, byte[] payload) {
            throw new UnsupportedOperationException("the floor publishes by itself");
        }
    }

    private static final class Reader extends EventReader {
        private final Arrivals arrivals;

        Reader(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void onOpen(ClientSocket socket) {
            arrivals.subscribed();
        }

        @Override
        protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {
            arrivals.publication(bytes, payloadFrom);
        }

        @Override
        protected void onEvent(Event event) {}

        @Override
        protected void onRead() {
            arrivals.endOfRead();
        }

        @Override
        public void onClosed(ClientSocket socket, String why) {
            arrivals.lost(why);
        }
    }
}
