package io.fanwire.client;

import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Connected;
import io.fanwire.protocol.v1.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client connected: one connection after the other, with a wait between them, until it is closed. All state is
 * owned by the loop, and every method is to be called on it, except {@link #state}, {@link #isCarriedOut}, {@link #ready} and {@link #gone}.
 */
final class Link implements Connection.Owner {
    private final ClientOptions options;
    private final HttpClient http;
    private final Loop loop;
    private final ListenerCalls listener;
    private final List<Follower> followers;
    private final Consumer<Event> events;
    private final Comeback comeback;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile ClientState state = ClientState.CONNECTING;
    /** This connection's node has said goodbye. */
    private volatile boolean sentAway;

    private volatile @Nullable ClientClosedException closedBecause;
    private @Nullable Connection connection;
    private @Nullable Future<?> retry;
    private long connectedNanos;

    /** @param events gets publications and gaps */
    Link(
            ClientOptions options,
            Loop loop,
            ListenerCalls listener,
            List<Follower> followers,
            Consumer<Event> events,
            RandomGenerator random) {
        this.options = options;
        this.http = options.httpClient() == null ? SharedThreads.httpClient() : options.httpClient();
        this.loop = loop;
        this.listener = listener;
        this.followers = followers;
        this.events = events;
        Backoff backoff = new Backoff(options.minBackoff(), options.maxBackoff(), random);
        this.comeback = new Comeback(options.urls(), backoff, random);
    }

    ClientState state() {
        return state;
    }

    /** Whether there is a connection whose node still carries out what it is sent. Any thread. */
    boolean isCarriedOut() {
        return state == ClientState.CONNECTED && !sentAway;
    }

    /** Why the client is closed, or null if it is not. */
    @Nullable
    ClientClosedException closedBecause() {
        return closedBecause;
    }

    /** Completed with the first connection. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Completed when the client is closed and its socket gone. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** Makes the first connection; once. */
    void start() {
        if (state != ClientState.CLOSED) connect(comeback.first(System.nanoTime()));
    }

    private void connectAgain(URI url) {
        if (state == ClientState.CLOSED) return;
        become(ClientState.CONNECTING);
        connect(url);
    }

    private void connect(URI url) {
        connection = new Connection(url, loop, this);
        connection.open(http, greeting(), options.connectTimeout());
    }

    /** Closes by the user's wish. */
    void close() {
        if (state == ClientState.CLOSED) return;
        Connection last = connection;
        boolean wasConnected = state == ClientState.CONNECTED;
        ClientClosedException why =
                new ClientClosedException(CloseReason.NORMAL.code(), "the client is closed: close() was called");
        becomeClosed(why);
        if (last == null) {
            gone.complete(null);
        } else {
            last.close();
            Ending ending = Ending.closed(why.closeCode(), "closed by the client");
            if (wasConnected) tellDisconnected(last, ending, true, Duration.ZERO);
        }
        closed(why);
    }

    /** Sends a command that asks for no reply, over the connection there is; drops it if there is none. */
    void send(Command command, Runnable whenSent) {
        if (connection != null && state == ClientState.CONNECTED) {
            connection.send(command, whenSent);
        } else {
            whenSent.run();
        }
    }

    @Override
    public void opened(Connection opened, Connected welcome) {
        sentAway = false;
        become(ClientState.CONNECTED);
        connectedNanos = System.nanoTime();
        ready.complete(null);
        ConnectionInfo info = new ConnectionInfo(opened.url(), welcome.getNodeId(), welcome.getSessionId());
        listener.tell(l -> l.onConnected(info));
        followers.forEach(follower -> follower.connected(opened));
    }

    @Override
    public void event(Event event) {
        events.accept(event);
    }

    @Override
    public void sentAway() {
        sentAway = true;
    }

    @Override
    public void failed(FanwireException error) {
        listener.error(error);
    }

    @Override
    public void over(Connection ended, Ending ending) {
        connection = null;
        if (state == ClientState.CLOSED) {
            gone.complete(null);
        } else if (ending.mayReconnect()) {
            reconnect(ended, ending);
        } else {
            giveUp(ended, ending);
        }
    }

    private void reconnect(Connection ended, Ending ending) {
        boolean wasConnected = state == ClientState.CONNECTED;
        long now = System.nanoTime();
        Comeback.Attempt next = wasConnected
                ? comeback.lost(ending.retryAfter(), lasted(now), now)
                : comeback.refused(ended.url(), ending.retryAfter(), now);
        become(ClientState.WAITING);
        if (wasConnected) followers.forEach(Follower::disconnected);
        retry = loop.after(next.in(), () -> connectAgain(next.url()));
        tellDisconnected(ended, ending, wasConnected, next.in());
    }

    private void giveUp(Connection ended, Ending ending) {
        boolean wasConnected = state == ClientState.CONNECTED;
        ClientClosedException why = new ClientClosedException(
                ending.closeCode(),
                ended.url() + " closed the connection for good: " + ending.closeCode() + " " + ending.reason());
        becomeClosed(why);
        gone.complete(null);
        tellDisconnected(ended, ending, wasConnected, Duration.ZERO);
        closed(why);
    }

    // The reason first: whoever waited for `gone`, or saw CLOSED, must find it.
    private void becomeClosed(ClientClosedException why) {
        closedBecause = why;
        become(ClientState.CLOSED);
    }

    private void closed(ClientClosedException why) {
        if (retry != null) retry.cancel(false);
        ready.completeExceptionally(why);
        followers.forEach(follower -> follower.closed(why));
        listener.tell(l -> l.onClosed(why));
    }

    private void tellDisconnected(Connection ended, Ending ending, boolean wasConnected, Duration retryIn) {
        Disconnection disconnection = new Disconnection(
                ended.url(),
                ending.closeCode(),
                ending.reason(),
                ending.cause(),
                wasConnected,
                state != ClientState.CLOSED,
                retryIn);
        listener.tell(l -> l.onDisconnected(disconnection));
    }

    /** Whether the connection was stable, and not one of a node that takes clients only to drop them. */
    private boolean lasted(long nowNanos) {
        return nowNanos - connectedNanos > options.maxBackoff().toNanos();
    }

    private void become(ClientState next) {
        if (!state.mayBecome(next)) throw new IllegalStateException(state + " can't become " + next);
        state = next;
    }

    private Connect greeting() {
        return Connect.newBuilder()
                .setClient(options.clientName())
                .setToken(options.token())
                .setHeartbeatIntervalMs((int) options.heartbeatInterval().toMillis())
                .setHeartbeatTimeoutMs((int) options.heartbeatTimeout().toMillis())
                .build();
    }
}
