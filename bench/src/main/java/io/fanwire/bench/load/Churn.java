package io.fanwire.bench.load;

import io.fanwire.bench.peer.Peer;
import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.protocol.v1.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that subscribe and unsubscribe in turn, at a fixed rate over all of them: each command in a message of its
 * own, each topic of each session in its turn. All state is owned by the loop; {@link #answered} and {@link #refused}
 * may be read by any thread.
 */
public final class Churn implements AutoCloseable {
    private static final int CONNECT = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(2);

    private final ClientLoop loop = new ClientLoop("churn");
    private final List<Client> clients = new ArrayList<>();
    private final int topicsEach;
    private final Names names;
    private volatile int connected;
    private volatile long answered;
    private volatile long refused;
    private volatile boolean stopped;
    private long sent;

    /** Connects. */
    public Churn(Peer peer, int sessions, int topicsEach, Names names) {
        this.topicsEach = topicsEach;
        this.names = names;
        loop.execute(() -> {
            for (int i = 0; i < sessions; i++) connect(peer);
        });
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (connected < sessions) {
            if (System.nanoTime() - deadline > 0) throw new IllegalStateException("sessions did not get in");
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    public void keepRate(int perSecond) {
        long first = System.nanoTime();
        loop.execute(() -> tick(first, (long) (1e9 / perSecond)));
    }

    public void stop() {
        stopped = true;
    }

    /** Commands that were answered, refusals included. */
    public long answered() {
        return answered;
    }

    public long refused() {
        return refused;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void connect(Peer peer) {
        Client client = new Client();
        clients.add(client);
        client.socket = loop.connect(peer.address(), peer.dialect().handshake("localhost"), null, client);
    }

    private void tick(long due, long periodNanos) {
        if (stopped) return;
        long next = due;
        long now = System.nanoTime();
        for (; next - now <= 0; next += periodNanos) toggle();
        long wake = next;
        loop.at(wake, () -> tick(wake, periodNanos));
    }

    /** All sessions have their turn with one topic before the first has its with the next. */
    private void toggle() {
        long turn = sent++;
        int session = (int) (turn % clients.size());
        int topic = (int) (turn / clients.size() % topicsEach);
        boolean subscribe = turn / clients.size() / topicsEach % 2 == 0;
        String name = names.of(session, topic);
        long id = CONNECT + 1 + turn;
        ClientSocket socket = clients.get(session).socket;
        if (socket != null) socket.send(subscribe ? Commands.subscribe(id, name) : Commands.unsubscribe(id, name));
    }

    /** What a session calls its topics. */
    public interface Names {
        String of(int session, int topic);
    }

    private final class Client extends EventReader {
        private @Nullable ClientSocket socket;

        @Override
        public void onOpen(ClientSocket opened) {
            opened.send(Commands.connect(CONNECT, "churn"));
        }

        @Override
        protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {}

        @Override
        protected void onEvent(Event event) {
            if (event.hasHeartbeat() && socket != null) socket.send(Commands.heartbeat());
            if (!event.hasReply()) return;
            if (event.getReply().hasConnected()) {
                connected++;
                return;
            }
            answered++;
            if (event.getReply().hasError()) refused++;
        }

        @Override
        public void onClosed(ClientSocket ended, String why) {
            throw new IllegalStateException("a session that comes and goes was closed: " + why);
        }
    }
}
