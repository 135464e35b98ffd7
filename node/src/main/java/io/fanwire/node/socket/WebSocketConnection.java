package io.fanwire.node.socket;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.session.Connection;
import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.exceptions.MessageTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of the binary subprotocol. Jetty's threads call the listener's methods, one at a time; the lane calls
 * the connection's. Public only because Jetty finds the listener's methods by reflection.
 */
public final class WebSocketConnection implements Connection, Session.Listener {
    private final Sessions sessions;
    private volatile @Nullable Session socket;
    private volatile io.fanwire.node.session.@Nullable Session session;

    WebSocketConnection(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        socket = opened;
        session = sessions.open(this);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        ClientFrame frame = decode(payload);
        // Decoded means copied: Jetty may have its buffer back.
        callback.succeed();
        if (frame == null) session().onRefusedMessage(CloseReason.MALFORMED_FRAME);
        else if (session().onFrame(frame)) socket().demand();
    }

    @Override
    public void onWebSocketText(String message) {
        session().onRefusedMessage(CloseReason.UNEXPECTED_TEXT);
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        // The next message is read once the pong is written: pings can't pile up pongs.
        Session opened = socket();
        opened.sendPong(payload, Callback.from(opened::demand, cause -> opened.demand()));
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        socket().demand();
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        io.fanwire.node.session.Session ended = session;
        if (ended != null) ended.onDisconnected();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // Jetty closes by itself; only the session knows how to count it. Other failures are the network's daily
        // business, and the close that follows ends the session.
        io.fanwire.node.session.Session known = session;
        if (known != null && cause instanceof MessageTooLargeException) {
            known.onRefusedMessage(CloseReason.MESSAGE_TOO_BIG);
        }
    }

    @Override
    public void write(ByteBuffer message, Write write) {
        socket().sendBinary(message, new Callback() {
            @Override
            public void succeed() {
                write.onWritten();
            }

            @Override
            public void fail(Throwable cause) {
                write.onWriteFailed(cause);
            }
        });
    }

    @Override
    public void demand() {
        socket().demand();
    }

    @Override
    public void close(CloseReason reason) {
        socket().close(reason.code(), reason.text(), Callback.NOOP);
    }

    @Override
    public void abort() {
        socket().disconnect();
    }

    private static @Nullable ClientFrame decode(ByteBuffer payload) {
        try {
            return ClientFrame.parseFrom(CodedInputStream.newInstance(payload));
        } catch (InvalidProtocolBufferException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("a buffer in memory failed", e);
        }
    }

    private Session socket() {
        Session opened = socket;
        if (opened == null) throw new IllegalStateException("not open");
        return opened;
    }

    private io.fanwire.node.session.Session session() {
        io.fanwire.node.session.Session known = session;
        if (known == null) throw new IllegalStateException("not open");
        return known;
    }
}
