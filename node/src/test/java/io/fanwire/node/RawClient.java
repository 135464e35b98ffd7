package io.fanwire.node;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import io.fanwire.protocol.v1.Subscribe;
import io.fanwire.protocol.v1.Unsubscribe;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Speaks the protocol by hand, and wrongly if asked to. Answers heartbeats unless told not to. */
public final class RawClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 10;

    private final List<Event> events = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private volatile boolean answering = true;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private volatile long closedAt;
    private @Nullable WebSocket socket;

    /** Opens a WebSocket and nothing more. */
    public static RawClient open(int port) {
        return open(port, HTTP.newWebSocketBuilder());
    }

    private static RawClient open(int port, WebSocket.Builder builder) {
        RawClient client = new RawClient();
        client.socket = builder.subprotocols(Limits.SUBPROTOCOL_PROTOBUF)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), client)
                .join();
        return client;
    }

    /** Opens a WebSocket and connects. */
    public static RawClient connect(int port) {
        return connected(open(port));
    }

    /** The same through a proxy that tells this address. */
    static RawClient connectFrom(String address, int port) {
        return connected(open(port, HTTP.newWebSocketBuilder().header("X-Forwarded-For", address)));
    }

    private static RawClient connected(RawClient client) {
        client.send(command(1).setConnect(Connect.newBuilder().setClient("raw")));
        client.reply(1);
        return client;
    }

    public static Command.Builder command(long id) {
        return Command.newBuilder().setId(id);
    }

    public void send(Command.Builder... commands) {
        ClientFrame.Builder frame = ClientFrame.newBuilder();
        for (Command.Builder command : commands) frame.addCommands(command);
        sendBytes(frame.build().toByteArray());
    }

    /** Sends anything. The node may close the connection in the middle of it: {@link #closeCode} then says so. */
    public void sendBytes(byte[] bytes) {
        sendFragment(bytes, true);
    }

    /** Sends a part of a message. */
    public void sendFragment(byte[] bytes, boolean last) {
        enqueue(bytes, last).join();
    }

    // The JDK refuses a message while another is under way, and heartbeats are answered by another thread.
    private synchronized CompletableFuture<?> enqueue(byte[] bytes, boolean last) {
        sent = sent.thenCompose(done -> socket().sendBinary(ByteBuffer.wrap(bytes), last))
                .exceptionally(e -> socket());
        return sent;
    }

    /** Sends a WebSocket ping and waits for the pong; returns what came with it. */
    public String ping(String payload) {
        socket().sendPing(StandardCharsets.UTF_8.encode(payload)).join();
        return pong.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    public void sendText(String text) {
        socket().sendText(text, true).join();
    }

    public Reply subscribe(long id, String topic) {
        send(command(id).setSubscribe(Subscribe.newBuilder().setTopic(topic)));
        return reply(id);
    }

    public Reply unsubscribe(long id, String topic) {
        send(command(id).setUnsubscribe(Unsubscribe.newBuilder().setTopic(topic)));
        return reply(id);
    }

    public Reply publish(long id, String topic, String text) {
        send(command(id).setPublish(Publish.newBuilder().setTopic(topic).setText(text)));
        return reply(id);
    }

    public void stopAnsweringHeartbeats() {
        answering = false;
    }

    /** The reply to a command. */
    public Reply reply(long id) {
        return await(event -> event.hasReply() && event.getReply().getId() == id)
                .getReply();
    }

    /** Waits for an event that is wanted, and takes it; others stay for later. */
    public Event await(Predicate<Event> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (events) {
            try {
                for (long left = 1; left > 0; left = deadline - System.nanoTime()) {
                    for (Event event : events) {
                        if (wanted.test(event) && events.remove(event)) return event;
                    }
                    TimeUnit.NANOSECONDS.timedWait(events, deadline - System.nanoTime());
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new AssertionError("it never came; there are " + events);
        }
    }

    /** Drops events that have come and that nobody waits for. */
    public void forget(Predicate<Event> unwanted) {
        synchronized (events) {
            events.removeIf(unwanted);
        }
    }

    /** The close code with which the node ended the connection; 1006 if it ended without one. */
    public int closeCode() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** When the node closed it, by {@link System#nanoTime}; it must have. */
    public long closedAt() {
        return closedAt;
    }

    /** The commands whose publish was acknowledged, and that nobody has waited for. */
    public List<Long> published() {
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.getReply().hasPublished())
                    .map(event -> event.getReply().getId())
                    .toList();
        }
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        partial.writeBytes(bytes);
        if (last) {
            try {
                ServerFrame.parseFrom(partial.toByteArray()).getEventsList().forEach(this::onEvent);
            } catch (InvalidProtocolBufferException e) {
                closed.completeExceptionally(e);
            }
            partial.reset();
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer payload) {
        pong.complete(StandardCharsets.UTF_8.decode(payload).toString());
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closedAt = System.nanoTime();
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closedAt = System.nanoTime();
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket().abort();
    }

    private void onEvent(Event event) {
        if (event.hasHeartbeat()) {
            if (answering) answer();
            return;
        }
        synchronized (events) {
            events.add(event);
            events.notifyAll();
        }
    }

    private void answer() {
        byte[] frame = ClientFrame.newBuilder()
                .addCommands(command(0).setHeartbeat(Heartbeat.getDefaultInstance()))
                .build()
                .toByteArray();
        enqueue(frame, true);
    }

    private WebSocket socket() {
        WebSocket opened = socket;
        if (opened == null) throw new IllegalStateException("not open");
        return opened;
    }
}
