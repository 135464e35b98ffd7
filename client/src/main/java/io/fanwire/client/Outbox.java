package io.fanwire.client;

import com.google.protobuf.CodedOutputStream;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a connection's commands. A WebSocket of the JDK takes one message at a time: what comes while one is on its way
 * goes out with the next, as many commands as fit. All state is owned by the loop.
 */
final class Outbox {
    private static final Runnable NOTHING = () -> {};

    private final WebSocket socket;
    private final Loop loop;
    private final Consumer<Throwable> failed;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private List<Entry> onTheWay = List.of();
    private long sentNanos = System.nanoTime();
    private int maxFrameBytes = Limits.MAX_CLIENT_FRAME_BYTES;
    private int maxCommandsPerFrame = Limits.MAX_COMMANDS_PER_FRAME;
    private @Nullable Runnable whenEmpty;

    private record Entry(Command command, int bytes, Runnable whenSent) {}

    /** @param failed is told, on the loop, that the socket can't send any more */
    Outbox(WebSocket socket, Loop loop, Consumer<Throwable> failed) {
        this.socket = socket;
        this.loop = loop;
        this.failed = failed;
    }

    /** The node's limit; 0 leaves the protocol's. */
    void maxFrameBytes(int bytes) {
        if (bytes > 0) maxFrameBytes = Math.min(bytes, Limits.MAX_CLIENT_FRAME_BYTES);
    }

    /** The node's limit; 0 leaves the protocol's. */
    void maxCommandsPerFrame(int commands) {
        if (commands > 0) maxCommandsPerFrame = Math.min(commands, Limits.MAX_COMMANDS_PER_FRAME);
    }

    /** When a frame was last given to the socket, by {@link System#nanoTime}. */
    long sentNanos() {
        return sentNanos;
    }

    /** Whether the command fits into a frame. A larger one would cost the connection. */
    boolean fits(Command command) {
        return bytesOf(command) <= maxFrameBytes;
    }

    void add(Command command) {
        add(command, NOTHING);
    }

    /** @param whenSent called once, on the loop: the socket has taken the command, or is gone */
    void add(Command command, Runnable whenSent) {
        waiting.add(new Entry(command, bytesOf(command), whenSent));
        if (onTheWay.isEmpty()) sendNext();
    }

    /** Calls back once everything added before is sent. */
    void whenEmpty(Runnable then) {
        whenEmpty = then;
        if (onTheWay.isEmpty()) sendNext();
    }

    /** The socket is gone: forgets everything. */
    void discard() {
        onTheWay.forEach(entry -> entry.whenSent.run());
        waiting.forEach(entry -> entry.whenSent.run());
        onTheWay = List.of();
        waiting.clear();
        whenEmpty = null;
    }

    private void sendNext() {
        if (waiting.isEmpty()) {
            if (whenEmpty != null) whenEmpty.run();
            whenEmpty = null;
            return;
        }
        onTheWay = takeFrame();
        ByteBuffer frame = encode(onTheWay);
        List<Entry> sent = onTheWay;
        sentNanos = System.nanoTime();
        var unused = socket.sendBinary(frame, true).whenComplete((ok, error) -> loop.execute(() -> sent(sent, error)));
    }

    private void sent(List<Entry> frame, @Nullable Throwable error) {
        if (frame != onTheWay) return; // discarded
        if (error != null) {
            failed.accept(error);
            return;
        }
        onTheWay = List.of();
        frame.forEach(entry -> entry.whenSent.run());
        sendNext();
    }

    private List<Entry> takeFrame() {
        List<Entry> frame = new ArrayList<>();
        int bytes = 0;
        for (Entry next = waiting.peek(); next != null && fits(frame.size(), bytes, next); next = waiting.peek()) {
            bytes += next.bytes;
            frame.add(waiting.remove());
        }
        return frame;
    }

    private boolean fits(int commands, int bytes, Entry next) {
        return commands == 0 || commands < maxCommandsPerFrame && bytes + next.bytes <= maxFrameBytes;
    }

    private static ByteBuffer encode(List<Entry> entries) {
        ClientFrame.Builder frame = ClientFrame.newBuilder();
        entries.forEach(entry -> frame.addCommands(entry.command));
        return ByteBuffer.wrap(frame.build().toByteArray());
    }

    private static int bytesOf(Command command) {
        return CodedOutputStream.computeMessageSize(ClientFrame.COMMANDS_FIELD_NUMBER, command);
    }
}
