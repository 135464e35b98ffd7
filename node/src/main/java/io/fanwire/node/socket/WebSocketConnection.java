package io.fanwire.node.socket;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.session.Connection;
import io.fanwire.node.session.Session;
import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of the binary subprotocol, on Jetty's core API: the comfortable one keeps the whole HTTP request alive
 * for each connection, see docs/decisions/0008. Jetty's threads call the handler's methods, one at a time; the lane
 * calls the connection's.
 */
final class WebSocketConnection implements Connection, FrameHandler {
    // A client whose frames never end must not keep the selector's thread from the others.
    private static final int FRAMES_AT_A_TIME = 64;

    private final Sessions sessions;
    private final Executor threads;
    private final NonBlockingEndPoint endPoint;
    private final String address;
    private final WriteCallback writing = new WriteCallback();
    private @Nullable FragmentedMessage fragments;
    private int frames;
    private volatile @Nullable CoreSession socket;
    private volatile @Nullable Session session;
    private volatile boolean closed;

    /**
     * @param threads go on reading where a client sends without a break
     * @param address what the client is counted under
     */
    WebSocketConnection(Sessions sessions, Executor threads, NonBlockingEndPoint endPoint, String address) {
        this.sessions = sessions;
        this.threads = threads;
        this.endPoint = endPoint;
        this.address = address;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        socket = opened;
        endPoint.opened();
        callback.succeeded();
        Session started = sessions.open(this);
        session = started;
        // A node that is stopping closes a session as soon as its lane has it, perhaps before it was known here.
        if (closed) started.onDisconnected();
        opened.demand();
    }

    /** The next frame comes when one is demanded: here, or by the session when it has room for another message. */
    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.BINARY, OpCode.CONTINUATION -> onBinary(frame, callback);
            case OpCode.TEXT -> onText(callback);
            case OpCode.PING -> onPing(frame, callback);
            case OpCode.PONG -> onPong(callback);
            // Jetty answers it, and then says that the connection is closed.
            default -> callback.succeeded();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        // Jetty closes by itself; only the session knows how to count it. Other failures are the network's daily
        // business, and the close that follows ends the session.
        Session known = session;
        if (known != null && cause instanceof MessageTooLargeException) {
            known.onRefusedMessage(CloseReason.MESSAGE_TOO_BIG);
        }
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        closed = true;
        Session ended = session;
        if (ended != null) ended.onDisconnected();
        callback.succeeded();
    }

    @Override
    public void write(ByteBuffer message, Write write) {
        writing.write = write;
        socket().sendFrame(new Frame(OpCode.BINARY, message), writing, false);
    }

    @Override
    public void demand() {
        socket().demand();
    }

    @Override
    public void ping() {
        socket().sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }

    @Override
    public long takenAt() {
        return endPoint.takenAt();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void close(CloseReason reason) {
        socket().close(reason.code(), reason.text(), Callback.NOOP);
    }

    @Override
    public void abort() {
        endPoint.forgetUnsent();
        socket().abort();
    }

    private void onBinary(Frame frame, Callback callback) {
        if (frame.isFin() && fragments == null) {
            onWholeMessage(frame.getPayload(), callback);
            return;
        }
        FragmentedMessage message = fragments == null ? new FragmentedMessage(sessions.maxFrameBytes()) : fragments;
        message.add(frame.getPayload());
        fragments = frame.isFin() ? null : message;
        if (message.isTooBig()) refuse(CloseReason.MESSAGE_TOO_BIG, callback);
        else if (frame.isFin()) onMessage(message.payload(), callback);
        else done(callback);
    }

    private void onWholeMessage(ByteBuffer payload, Callback callback) {
        if (payload.remaining() > sessions.maxFrameBytes()) refuse(CloseReason.MESSAGE_TOO_BIG, callback);
        else onMessage(payload, callback);
    }

    private void onMessage(ByteBuffer payload, Callback callback) {
        ClientFrame frame = decode(payload);
        if (frame == null) {
            refuse(CloseReason.MALFORMED_FRAME, callback);
            return;
        }
        // Decoded means copied: Jetty may have its buffer back.
        callback.succeeded();
        if (session().onFrame(frame)) demandNext();
    }

    private void onText(Callback callback) {
        refuse(CloseReason.UNEXPECTED_TEXT, callback);
    }

    private void onPing(Frame ping, Callback callback) {
        // The next frame is read once the pong is written: pings can't pile up pongs.
        Frame pong = new Frame(OpCode.PONG, ping.getPayload());
        socket().sendFrame(pong, Callback.from(() -> done(callback), cause -> done(callback)), false);
    }

    private void onPong(Callback callback) {
        session().onPong();
        done(callback);
    }

    private void done(Callback callback) {
        callback.succeeded();
        demandNext();
    }

    private void demandNext() {
        // Jetty reads until nothing comes, or nothing is demanded: by the time another thread demands, it has stopped.
        if (++frames % FRAMES_AT_A_TIME == 0) threads.execute(this::demand);
        else demand();
    }

    private void refuse(CloseReason reason, Callback callback) {
        callback.succeeded();
        session().onRefusedMessage(reason);
    }

    private static @Nullable ClientFrame decode(ByteBuffer payload) {
        try {
            return ClientFrame.parseFrom(CodedInputStream.newInstance(payload));
        } catch (InvalidProtocolBufferException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
    }

    private CoreSession socket() {
        CoreSession opened = socket;
        if (opened == null) throw new IllegalStateException("not open");
        return opened;
    }

    private Session session() {
        Session known = session;
        if (known == null) throw new IllegalStateException("not open");
        return known;
    }

    /** One for all writes, because there is one at a time. Written by the lane before each write. */
    private static final class WriteCallback implements Callback {
        private @Nullable Write write;

        @Override
        public void succeeded() {
            if (write != null) write.onWritten();
        }

        @Override
        public void failed(Throwable cause) {
            if (write != null) write.onWriteFailed(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
