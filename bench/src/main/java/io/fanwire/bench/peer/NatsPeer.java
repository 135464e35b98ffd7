package io.fanwire.bench.peer;

import io.fanwire.harness.ChildProcess;
import io.fanwire.harness.HarnessException;
import io.fanwire.harness.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An installed nats-server, with its defaults and a WebSocket port. */
final class NatsPeer implements Peer {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Duration POLL = Duration.ofMillis(20);

    private final ChildProcess process;
    private final int port;
    private final Path config;

    private NatsPeer(ChildProcess process, int port, Path config) {
        this.process = process;
        this.port = port;
        this.config = config;
    }

    /** The program; empty if it is not installed. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static NatsPeer start() {
        Path program = program().orElseThrow(() -> new HarnessException("nats-server is not installed"));
        int port = LoopbackPort.free();
        Path config = config(port, LoopbackPort.freeFrom(port + 1));
        ChildProcess process = ChildProcess.start(List.of(program.toString(), "-c", config.toString()));
        NatsPeer peer = new NatsPeer(process, port, config);
        try {
            peer.awaitListening();
            return peer;
        } catch (RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "nats";
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
        return new NatsDialect();
    }

    @Override
    public void close() {
        process.close();
        try {
            Files.deleteIfExists(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path config(int webSocketPort, int port) {
        try {
            return Files.writeString(Files.createTempFile("fanwire-nats", ".conf"), """
                    host: 127.0.0.1
                    port: %d
                    websocket { host: 127.0.0.1, port: %d, no_tls: true }
                    """.formatted(port, webSocketPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!isListening()) {
            if (process.awaitExit(POLL)) throw new HarnessException("nats-server ended: " + process.lastWords());
            if (System.nanoTime() - deadline > 0) throw new HarnessException("nats-server does not listen");
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(address());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
