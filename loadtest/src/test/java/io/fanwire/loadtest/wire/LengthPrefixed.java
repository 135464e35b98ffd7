package io.fanwire.loadtest.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/** Messages with a length of four bytes before them; reads as many bytes at a time as it is told. */
final class LengthPrefixed implements MessageReader {
    final List<byte[]> messages = new CopyOnWriteArrayList<>();
    final CompletableFuture<ClientSocket> opened = new CompletableFuture<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    private final IntSupplier readLimit;

    LengthPrefixed(IntSupplier readLimit) {
        this.readLimit = readLimit;
    }

    static byte[] encode(List<byte[]> messages) {
        ByteBuffer all = ByteBuffer.allocate(
                messages.stream().mapToInt(each -> Integer.BYTES + each.length).sum());
        for (byte[] each : messages) all.putInt(each.length).put(each);
        return all.array();
    }

    @Override
    public void onOpen(ClientSocket socket) {
        opened.complete(socket);
    }

    @Override
    public int read(ByteBuffer bytes, int from, int to) {
        List<byte[]> whole = new ArrayList<>();
        int at = from;
        while (to - at >= Integer.BYTES && to - at - Integer.BYTES >= bytes.getInt(at)) {
            byte[] message = new byte[bytes.getInt(at)];
            bytes.get(at + Integer.BYTES, message);
            whole.add(message);
            at += Integer.BYTES + message.length;
        }
        messages.addAll(whole);
        opened.join().setReadLimit(readLimit.getAsInt());
        return at;
    }

    @Override
    public void onClosed(ClientSocket socket, String why) {
        closed.add(why);
    }
}
