package io.fanwire.bench.peer;

import io.fanwire.bench.load.Arrivals;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.loadtest.wire.MessageReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The NATS client protocol, as far as a subscriber and a publisher need it: INFO, MSG, PING, PONG. */
final class NatsDialect implements Dialect {
    private static final byte[] CONNECT = ascii("CONNECT {\"verbose\":false,\"pedantic\":false}\r\n");
    private static final byte[] PING = ascii("PING\r\n");
    private static final byte[] PONG = ascii("PONG\r\n");
    private static final int LINE_END = 2;

    @Override
    public Handshake handshake(String host) {
        return new Handshake(host, "/", null);
    }

    @Override
    public MessageReader subscriber(List<String> topics, Arrivals arrivals) {
        String commands = IntStream.range(0, topics.size())
                .mapToObj(i -> "SUB " + topics.get(i) + " " + (i + 1) + "\r\n")
                .collect(Collectors.joining());
        return new Reader(commands, arrivals, arrivals::subscribed);
    }

    @Override
    public MessageReader publisher(Runnable ready) {
        return new Reader("", null, ready);
    }

    @Override
    public void appendPublish(ByteArrayOutputStream message, String topic, byte[] payload) {
        message.writeBytes(ascii("PUB " + topic + " " + payload.length + "\r\n"));
        message.writeBytes(payload);
        message.write('\r');
        message.write('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Reader implements MessageReader {
        private final String commands;
        private final @Nullable Arrivals arrivals;
        private final Runnable ready;
        private @Nullable ClientSocket socket;

        Reader(String commands, @Nullable Arrivals arrivals, Runnable ready) {
            this.commands = commands;
            this.arrivals = arrivals;
            this.ready = ready;
        }

        @Override
        public void onOpen(ClientSocket opened) {
            socket = opened;
            opened.send(CONNECT);
            if (!commands.isEmpty()) opened.send(ascii(commands));
            // The answer says that what came before has been done.
            opened.send(PING);
        }

        @Override
        public int read(ByteBuffer bytes, int from, int to) {
            int done = from;
            while (done < to) {
                int lineEnd = lineEnd(bytes, done, to);
                if (lineEnd < 0) break;
                int end = bytes.get(done) == 'M' ? message(bytes, lineEnd, to) : control(bytes, done, lineEnd);
                if (end < 0) break;
                done = end;
            }
            if (arrivals != null) arrivals.endOfRead();
            return done;
        }

        @Override
        public void onClosed(ClientSocket closed, String why) {
            if (arrivals != null) arrivals.lost(why);
        }

        /** {@code MSG subject sid size}: the size is the number at the line's end. */
        private int message(ByteBuffer bytes, int lineEnd, int to) {
            int size = 0;
            int scale = 1;
            for (int i = lineEnd - LINE_END - 1; bytes.get(i) != ' '; i--, scale *= 10) {
                size += (bytes.get(i) - '0') * scale;
            }
            int end = lineEnd + size + LINE_END;
            if (end > to) return -1;
            if (arrivals != null) arrivals.publication(bytes, lineEnd);
            return end;
        }

        private int control(ByteBuffer bytes, int from, int lineEnd) {
            if (bytes.get(from) == '-') throw new IllegalStateException("nats-server refused a command");
            if (bytes.get(from) == 'P' && bytes.get(from + 1) == 'O') ready.run();
            if (bytes.get(from) == 'P' && bytes.get(from + 1) == 'I' && socket != null) socket.send(PONG);
            return lineEnd;
        }

        private static int lineEnd(ByteBuffer bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                if (bytes.get(i) == '\n') return i + 1;
            }
            return -1;
        }
    }
}
