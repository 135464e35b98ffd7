package io.fanwire.loadtest.verify;

import io.fanwire.client.ClientClosedException;
import io.fanwire.client.ClientListener;
import io.fanwire.client.ConnectionInfo;
import io.fanwire.client.Disconnection;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the connections of all clients, what ended them and what kept them from opening. Any thread. */
final class Connections implements ClientListener {
    private final Attendance attendance = new Attendance();
    private final LongAdder opened = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ConcurrentSkipListMap<String, LongAdder> causes = new ConcurrentSkipListMap<>();
    private volatile @Nullable String lastFailure;
    private volatile boolean closing;

    @Override
    public void onConnected(ConnectionInfo connection) {
        opened.increment();
        attendance.came();
    }

    @Override
    public void onDisconnected(Disconnection disconnection) {
        if (closing) return;
        boolean wasOpen = disconnection.wasConnected();
        (wasOpen ? ended : failed).increment();
        if (wasOpen) attendance.went();
        count((wasOpen ? "ended: " : "failed: ") + cause(disconnection));
        lastFailure = disconnection.url() + ": " + disconnection.reason();
    }

    @Override
    public void onClosed(ClientClosedException why) {
        if (!closing) count("given up: " + why.closeCode());
    }

    @Override
    public void onError(Throwable error) {
        count("error: " + error);
    }

    /** What ends from here on is meant to. */
    void close() {
        closing = true;
    }

    long opened() {
        return opened.sum();
    }

    long ended() {
        return ended.sum();
    }

    long failed() {
        return failed.sum();
    }

    Attendance attendance() {
        return attendance;
    }

    /** The same for a client of which somebody wants to know when it loses a connection. */
    ClientListener with(Runnable onLost) {
        return new Watched(this, onLost);
    }

    /** How many are open now. */
    long open() {
        return attendance.connected();
    }

    SortedMap<String, Long> causes() {
        SortedMap<String, Long> counts = new TreeMap<>();
        causes.forEach((cause, count) -> counts.put(cause, count.sum()));
        return counts;
    }

    /** Null if there is none. */
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    private void count(String cause) {
        causes.computeIfAbsent(cause, each -> new LongAdder()).increment();
    }

    private record Watched(Connections all, Runnable onLost) implements ClientListener {
        @Override
        public void onConnected(ConnectionInfo connection) {
            all.onConnected(connection);
        }

        @Override
        public void onDisconnected(Disconnection disconnection) {
            if (disconnection.wasConnected()) onLost.run();
            all.onDisconnected(disconnection);
        }

        @Override
        public void onClosed(ClientClosedException why) {
            all.onClosed(why);
        }

        @Override
        public void onError(Throwable error) {
            all.onError(error);
        }
    }

    private static String cause(Disconnection disconnection) {
        Throwable cause = disconnection.cause();
        // Which answer it was, or what the network did, says who is to be asked; others name addresses.
        if (cause instanceof WebSocketHandshakeException) return disconnection.reason();
        if (cause != null && cause.getClass() == IOException.class) return "IOException: " + cause.getMessage();
        if (cause != null) return cause.getClass().getSimpleName();
        return disconnection.closeCode() + " " + disconnection.reason();
    }
}
