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
import java.util.ArrayList;
import java.util.List;

/** The {@link FloorServer} or the {@link RelayServer} as a process. */
final class FloorPeer implements Peer {
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final Dialect dialect;
    private final ChildProcess process;
    private final int port;

    private FloorPeer(String name, Dialect dialect, Class<?> program, Object... arguments) {
        this.name = name;
        this.dialect = dialect;
        this.port = LoopbackPort.free();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                Integer.toString(port)));
        for (Object each : arguments) command.add(each.toString());
        this.process = ChildProcess.start(command);
    }

    /**
     * Publishes by itself as soon as the last client has come.
     *
     * @param batch publications in one message
     * @param rate publications per second; 0 for as many as the sockets take
     */
    static FloorPeer start(int clients, int payloadBytes, int batch, int rate) {
        return new FloorPeer("floor", new FloorDialect(), FloorServer.class, clients, payloadBytes, batch, rate)
                .awaitListening();
    }

    /** Hands on what clients publish, to every other client. */
    static FloorPeer relay() {
        return new FloorPeer("relay", new RelayDialect(), RelayServer.class).awaitListening();
    }

    @Override
    public String name() {
        return name;
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
        return dialect;
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
    private static class FloorDialect implements Dialect {
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

    /** Clients publish events that are ready to be handed on. */
    private static final class RelayDialect extends FloorDialect {
        @Override
        public MessageReader publisher(Runnable ready) {
            return new MessageReader() {
                @Override
                public void onOpen(ClientSocket socket) {
                    ready.run();
                }

                @Override
                public int read(ByteBuffer bytes, int from, int to) {
                    return to;
                }
            };
        }

        @Override
        public void appendPublish(ByteArrayOutputStream message, String topic, byte[] payload) {
            message.writeBytes(FloorServer.frame(payload).toByteArray());
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
