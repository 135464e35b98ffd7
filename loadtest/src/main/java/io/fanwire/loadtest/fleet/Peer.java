package io.fanwire.loadtest.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanwire.loadtest.result.Json;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection. Any thread may say something; one may hear. Two threads belong to it: one listens, so
 * that a partner that is gone or frozen is known even while nobody hears, and one says every second that this end lives.
 */
final class Peer implements AutoCloseable {
    private static final long PULSE_MILLIS = 1_000;
    private static final int AHEAD = 1_000;

    private final Socket socket;
    private final Duration silence;
    private final BufferedReader in;
    private final OutputStream out;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(AHEAD);
    private final Thread listener = thread(this::listen, "load-peer-listener");
    private final Thread pulse = thread(this::live, "load-peer-pulse");
    private volatile @Nullable IOException loss;

    private Peer(Socket socket, Duration silence) throws IOException {
        this.socket = socket;
        this.silence = silence;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) silence.toMillis());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
    }

    /** @param silence after so much of it the other end is lost */
    static Peer on(Socket socket, Duration silence) throws IOException {
        Peer peer = new Peer(socket, silence);
        peer.listener.start();
        peer.pulse.start();
        return peer;
    }

    void say(Message message) throws IOException {
        byte[] line = (Json.MAPPER.writerFor(Message.class).writeValueAsString(message) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            IOException reason = loss;
            throw reason == null ? e : reason;
        }
    }

    /**
     * What it says next, other than that it lives.
     *
     * @throws IOException if it is lost, or says nothing else in time
     */
    Message hear(Duration patience) throws IOException, InterruptedException {
        Heard next = heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) throw new IOException("it lives, and has not come on for " + text(patience));
        return next.message();
    }

    /** Whether nothing can be said any more. */
    boolean isLost() {
        return loss != null;
    }

    @Override
    public String toString() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }

    @Override
    public void close() {
        closeSocket();
        listener.interrupt();
        pulse.interrupt();
    }

    private void listen() {
        try {
            while (true) {
                Message message = read();
                if (!(message instanceof Message.Alive)) heard.put(() -> message);
            }
        } catch (IOException e) {
            lose(e);
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    private Message read() throws IOException {
        try {
            String line = in.readLine();
            if (line == null) throw new EOFException("it has gone");
            return Json.MAPPER.readValue(line, Message.class);
        } catch (SocketTimeoutException e) {
            throw new IOException("nothing heard for " + text(silence), e);
        } catch (JsonProcessingException e) {
            throw new IOException("it says what is not understood: " + e.getOriginalMessage(), e);
        }
    }

    // Whoever is just saying something to it, perhaps for long, is freed by the end of the socket.
    private void lose(IOException reason) {
        loss = reason;
        closeSocket();
        pulse.interrupt();
        try {
            heard.put(() -> {
                throw reason;
            });
        } catch (InterruptedException e) {
            // Nobody hears any more.
        }
    }

    private void live() {
        try {
            while (true) {
                say(new Message.Alive());
                TimeUnit.MILLISECONDS.sleep(PULSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            // The listener learns of it, too.
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static String text(Duration time) {
        return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    private interface Heard {
        Message message() throws IOException;
    }
}
