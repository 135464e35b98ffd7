package io.fanwire.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ClientSocketTest {
    private static final int CONTINUATION = 0;
    // Longer than a length of 16 bits can say.
    private static final int LARGE = 70_000;

    private final ClientLoop loop = new ClientLoop("test-loop");
    private final WireServer server;

    ClientSocketTest() throws Exception {
        server = new WireServer();
    }

    @AfterEach
    void closeAll() throws Exception {
        loop.close();
        server.close();
        assertThat(loop.defect()).isNull();
    }

    @Test
    void aByteAtATimeIsReadLikeAllAtOnce() throws Exception {
        readsWhatWasSent(new Random(1), 1, () -> 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void framesMayBeCutAnywhere(long seed) throws Exception {
        Random cuts = new Random(-seed);
        int most = 1 << seed;
        readsWhatWasSent(new Random(seed), most, () -> 1 + cuts.nextInt(most));
    }

    @Test
    void largeFramesAreReadWhole() throws Exception {
        LengthPrefixed reader = connect(() -> Integer.MAX_VALUE);
        byte[] large = bytes(new Random(1), LARGE);
        server.accept();
        server.say(WireServer.SWITCHING).frame(Frames.BINARY, true, LengthPrefixed.encode(List.of(large, large)));
        server.sendInPieces(new Random(1), 50_000);
        await().until(() -> reader.messages.size() == 2);
        assertThat(reader.messages).containsExactly(large, large);
    }

    @Test
    void aPingIsAnsweredInTheMiddleOfAMessage() throws Exception {
        LengthPrefixed reader = connect(() -> 3);
        byte[] message = bytes(new Random(1), 100);
        byte[] encoded = LengthPrefixed.encode(List.of(message));
        server.accept();
        server.say(WireServer.SWITCHING)
                .frame(Frames.BINARY, false, Arrays.copyOf(encoded, 50))
                .frame(Frames.PING, true, "still there?".getBytes(StandardCharsets.US_ASCII))
                .frame(CONTINUATION, true, Arrays.copyOfRange(encoded, 50, encoded.length));
        server.sendInPieces(new Random(1), 7);
        assertThat(server.read()).isEqualTo(new WireServer.Frame(Frames.PONG, "still there?"));
        await().until(() -> !reader.messages.isEmpty());
        assertThat(reader.messages).containsExactly(message);
    }

    @Test
    void aCloseFrameIsToldOnce() throws Exception {
        LengthPrefixed reader = connect(() -> 1);
        server.accept();
        byte[] reason = "too slow".getBytes(StandardCharsets.US_ASCII);
        byte[] payload = ByteBuffer.allocate(2 + reason.length)
                .putShort((short) 4002)
                .put(reason)
                .array();
        server.say(WireServer.SWITCHING).frame(Frames.CLOSE, true, payload);
        server.sendInPieces(new Random(1), 2);
        server.hangUp();
        await().until(() -> !reader.closed.isEmpty());
        assertThat(reader.closed).containsExactly("4002 too slow");
    }

    @Test
    void anEndWithoutGoodbyeIsTold() throws Exception {
        LengthPrefixed reader = connect(() -> 1);
        server.accept();
        server.say(WireServer.SWITCHING).sendInPieces(new Random(1), 100);
        reader.opened.join();
        server.hangUp();
        await().until(() -> !reader.closed.isEmpty());
        assertThat(reader.closed).singleElement().asString().startsWith("1006 ");
    }

    @Test
    void aRefusedHandshakeIsToldWithItsStatus() throws Exception {
        LengthPrefixed reader = connect(() -> 1);
        assertThat(server.accept()).startsWith("GET /ws HTTP/1.1\r\nHost: here\r\n");
        server.say("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
                .sendInPieces(new Random(1), 5);
        await().until(() -> !reader.closed.isEmpty());
        assertThat(reader.closed).containsExactly("HTTP/1.1 503 Service Unavailable");
    }

    @Test
    void aRefusedHandshakeTellsWhenToComeAgain() throws Exception {
        CompletableFuture<Integer> retryAfter = new CompletableFuture<>();
        MessageReader reader = new MessageReader() {
            @Override
            public int read(ByteBuffer bytes, int from, int to) {
                return to;
            }

            @Override
            public void onClosed(ClientSocket socket, String why) {
                retryAfter.complete(socket.retryAfterSeconds());
            }
        };
        Handshake handshake = new Handshake("here", "/ws", null);
        loop.execute(() -> loop.connect(server.address(), handshake, 0, reader));
        server.accept();
        server.say("HTTP/1.1 503 Service Unavailable\r\nretry-after: 7\r\nContent-Length: 0\r\n\r\n")
                .sendInPieces(new Random(1), 5);
        assertThat(retryAfter.get(20, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @Test
    void aGoodbyeIsSentAndAnswered() throws Exception {
        LengthPrefixed reader = connect(() -> 1);
        server.accept();
        server.say(WireServer.SWITCHING).sendInPieces(new Random(1), 100);
        ClientSocket socket = reader.opened.join();
        loop.execute(socket::close);
        assertThat(server.read()).isEqualTo(new WireServer.Frame(Frames.CLOSE, "\u0003\u00e8"));
        server.frame(Frames.CLOSE, true, new byte[] {3, (byte) 0xE8}).sendInPieces(new Random(1), 1);
        await().until(() -> !reader.closed.isEmpty());
        assertThat(reader.closed).containsExactly("1000 ");
    }

    @Test
    void aSocketThatIsNotReadGoesOnWhereItStopped() throws Exception {
        LengthPrefixed reader = connect(() -> Integer.MAX_VALUE);
        server.accept();
        server.say(WireServer.SWITCHING).sendInPieces(new Random(1), 100);
        ClientSocket socket = reader.opened.join();
        loop.execute(() -> socket.setReading(false));
        // Else the message may be there before the loop has stopped reading.
        awaitTurns(1);
        byte[] message = bytes(new Random(1), 1_000);
        server.frame(Frames.BINARY, true, LengthPrefixed.encode(List.of(message)));
        server.sendInPieces(new Random(1), 1_000);
        // Turns in which the loop would have read it.
        awaitTurns(3);
        assertThat(reader.messages).isEmpty();
        loop.execute(() -> socket.setReading(true));
        await().until(() -> !reader.messages.isEmpty());
        assertThat(reader.messages).containsExactly(message);
    }

    private void readsWhatWasSent(Random random, int most, IntSupplier readLimit) throws Exception {
        LengthPrefixed reader = connect(readLimit);
        List<byte[]> messages = IntStream.range(0, 60)
                .mapToObj(i -> bytes(random, random.nextInt(i == 30 ? LARGE : 400)))
                .toList();
        server.accept();
        server.say(WireServer.SWITCHING);
        int pings = frames(LengthPrefixed.encode(messages), random);
        server.sendInPieces(random, most * 3);
        for (int i = 0; i < pings; i++) {
            assertThat(server.read()).isEqualTo(new WireServer.Frame(Frames.PONG, "ping " + i));
        }
        await().until(() -> reader.messages.size() == messages.size());
        for (int i = 0; i < messages.size(); i++) {
            assertThat(reader.messages.get(i)).isEqualTo(messages.get(i));
        }
        assertThat(reader.closed).isEmpty();
    }

    /** Puts the bytes into frames of any size, empty ones too, with pings between them. Returns how many pings. */
    private int frames(byte[] bytes, Random random) {
        int pings = 0;
        for (int at = 0, size; at < bytes.length; at += size) {
            size = Math.min(bytes.length - at, random.nextInt(random.nextInt(8) == 0 ? LARGE : 300));
            boolean last = random.nextBoolean();
            server.frame(at == 0 ? Frames.BINARY : CONTINUATION, last, Arrays.copyOfRange(bytes, at, at + size));
            if (random.nextInt(5) > 0) continue;
            server.frame(Frames.PING, true, ("ping " + pings).getBytes(StandardCharsets.US_ASCII));
            pings++;
        }
        return pings;
    }

    private LengthPrefixed connect(IntSupplier readLimit) {
        LengthPrefixed reader = new LengthPrefixed(readLimit);
        loop.execute(() -> loop.connect(server.address(), new Handshake("here", "/ws", null), null, reader)
                .setReadLimit(readLimit.getAsInt()));
        return reader;
    }

    private void awaitTurns(int turns) {
        for (int i = 0; i < turns; i++) {
            var turned = new CompletableFuture<Void>();
            loop.execute(() -> turned.complete(null));
            turned.join();
        }
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
