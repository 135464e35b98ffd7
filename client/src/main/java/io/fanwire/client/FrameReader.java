package io.fanwire.client;

import io.fanwire.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a connection's fragments together and hands whole messages to the loop. Called by the socket, on one thread at a
 * time. Asks for more only inside a message: the next message is asked for by the connection when it has worked off
 * this one, so a slow listener slows down TCP and fills no memory.
 */
final class FrameReader implements WebSocket.Listener {
    private final Loop loop;
    private final Consumer<byte[]> frames;
    private final Consumer<Ending> end;
    private final Runnable heard;
    private @Nullable ByteArrayOutputStream fragments;

    /**
     * @param frames gets each binary message, on the loop
     * @param end is told of the connection's end, on the loop
     * @param heard is told of each fragment, on the socket's thread
     */
    FrameReader(Loop loop, Consumer<byte[]> frames, Consumer<Ending> end, Runnable heard) {
        this.loop = loop;
        this.frames = frames;
        this.end = end;
        this.heard = heard;
    }

    @Override
    public void onOpen(WebSocket socket) {
        // The connection asks for the first message when it is ready for it.
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heard.run();
        int size = data.remaining() + (fragments == null ? 0 : fragments.size());
        if (size > Limits.MAX_SERVER_FRAME_BYTES) {
            fragments = null;
            return end(Ending.broken("the node sent a frame of more than " + Limits.MAX_SERVER_FRAME_BYTES + " bytes"));
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        if (last) {
            byte[] frame = join(bytes);
            loop.execute(() -> frames.accept(frame));
        } else {
            keep(bytes);
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        return end(Ending.broken("the node sent a text message on a binary subprotocol"));
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        return end(Ending.closed(code, reason));
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end(Ending.broken(error));
    }

    private @Nullable CompletionStage<?> end(Ending ending) {
        loop.execute(() -> end.accept(ending));
        return null;
    }

    private byte[] join(byte[] tail) {
        if (fragments == null) return tail;
        fragments.writeBytes(tail);
        byte[] whole = fragments.toByteArray();
        fragments = null;
        return whole;
    }

    private void keep(byte[] bytes) {
        if (fragments == null) fragments = new ByteArrayOutputStream(2 * bytes.length);
        fragments.writeBytes(bytes);
    }
}
