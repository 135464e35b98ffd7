package io.fanwire.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ask to come in, on a connection each, and read why not. One caller at a time. */
public final class RefusedVisitors {
    private static final int PATIENCE_MILLIS = 10_000;
    // A closed connection may hold its port for a minute: more than one address' ports are needed.
    private static final int FIRST_ADDRESS = 10;

    private final InetSocketAddress node;
    private final int threads;
    private final byte[] request;

    public RefusedVisitors(InetSocketAddress node, int threads) {
        this.node = node;
        this.threads = threads;
        request = String.join(
                        "\r\n",
                        "GET /ws HTTP/1.1",
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Protocol: fanwire.v1.protobuf",
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns how many of so many were answered with 503. */
    public int run(int count) {
        AtomicInteger left = new AtomicInteger(count);
        AtomicInteger refused = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Void>> all = IntStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> visit("127.0.0." + (FIRST_ADDRESS + i), left, refused), pool))
                    .toList();
            all.forEach(CompletableFuture::join);
        } finally {
            pool.shutdownNow();
        }
        return refused.get();
    }

    private void visit(String from, AtomicInteger left, AtomicInteger refused) {
        while (left.getAndDecrement() > 0) {
            if (ask(from).contains(" 503 ")) refused.incrementAndGet();
        }
    }

    private String ask(String from) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(node, PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            byte[] answer = socket.getInputStream().readNBytes(16);
            return new String(answer, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
