package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** One client's connection, as the scripted node sees it. */
public final class Peer implements Session.Listener.AutoDemanding {
    private static final int PATIENCE_SECONDS = 20;

    final CompletableFuture<Connect> connect = new CompletableFuture<>();
    final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    /** How many commands each frame had, and how many bytes. */
    final List<Integer> commandsPerFrame = new CopyOnWriteArrayList<>();

    final List<Integer> bytesPerFrame = new CopyOnWriteArrayList<>();

    private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final @Nullable Connected welcome;
    private final Consumer<Peer> accepted;
    private final Runnable wakeSelectors;
    private volatile Session session;

    Peer(@Nullable Connected welcome, Consumer<Peer> accepted, Runnable wakeSelectors) {
        this.welcome = welcome;
        this.accepted = accepted;
        this.wakeSelectors = wakeSelectors;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        accepted.accept(this);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        try {
            bytesPerFrame.add(payload.remaining());
            ClientFrame frame = ClientFrame.parseFrom(payload);
            commandsPerFrame.add(frame.getCommandsCount());
            frame.getCommandsList().forEach(this::take);
            callback.succeed();
        } catch (Exception e) {
            callback.fail(e);
        }
    }

    @Override
    public void onWebSocketClose(int code, String reason) {
        closeCode.complete(code);
    }

    private void take(Command command) {
        if (!command.hasConnect()) {
            commands.add(command);
            return;
        }
        connect.complete(command.getConnect());
        if (welcome != null) reply(command, Reply.newBuilder().setConnected(welcome));
    }

    /** The next command after connect. */
    Command next() throws InterruptedException {
        Command command = commands.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(command).as("a command").isNotNull();
        return command;
    }

    boolean hasNoCommandWaiting() {
        return commands.isEmpty();
    }

    /** Takes a subscribe command and confirms it. */
    void confirmSubscribe(String topic, int topicId, long epoch, long offset) throws InterruptedException {
        Command command = next();
        assertThat(command.getSubscribe().getTopic()).isEqualTo(topic);
        reply(command, Wire.subscribed(topicId, epoch, offset));
    }

    void reply(Command command, Reply.Builder reply) {
        send(Event.newBuilder().setReply(reply.setId(command.getId())).build());
    }

    void send(Event... events) {
        send(ServerFrame.newBuilder().addAllEvents(List.of(events)).build().toByteArray());
    }

    void send(byte[] bytes) {
        session.sendBinary(ByteBuffer.wrap(bytes), Callback.NOOP);
    }

    void sendFragments(byte[] bytes, int size) {
        for (int from = 0; from < bytes.length; from += size) {
            int length = Math.min(size, bytes.length - from);
            Callback.Completable sent = new Callback.Completable();
            session.sendPartialBinary(ByteBuffer.wrap(bytes, from, length), from + length == bytes.length, sent);
            sent.join();
        }
    }

    void sendText(String text) {
        session.sendText(text, Callback.NOOP);
    }

    void close(int code, String reason) {
        session.close(code, reason, Callback.NOOP);
    }

    /** Cuts the connection without a close frame. */
    void cut() {
        session.disconnect();
        // Until its selector wakes up, Java only half-closes a socket; one whose process has died is closed entirely.
        wakeSelectors.run();
    }
}
