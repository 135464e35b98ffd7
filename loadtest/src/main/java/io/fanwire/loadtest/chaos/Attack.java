package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.protocol.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Any number of connections that mean no good, on a thread of their own and for a bounded time. Only {@link #close},
 * {@link #awaitEnd} and the book are for other threads.
 */
final class Attack implements AutoCloseable {
    /** What may wait for an answer in a burst: a process has only so many files. */
    private static final int MOST_AT_ONCE = 4_000;

    private static final int MOST_PER_TURN = 200;
    private static final int TURN_MILLIS = 5;
    private static final int SOURCES = 16;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<URI> urls;
    private final Deed.Attack deed;
    private final AttackBook book;
    private final ByteBuffer scratch = ByteBuffer.allocate(4_096);
    private final Set<Assailant> alive = new HashSet<>();
    /** When those that were thrown out come again. */
    private final Queue<Long> returns = new ArrayDeque<>();

    private final Thread thread = new Thread(this::run, "fanwire-attack");
    private volatile boolean closed;
    private int made;

    Attack(List<URI> urls, Deed.Attack deed) {
        this.urls = urls;
        this.deed = deed;
        this.book = new AttackBook(deed.manner());
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    AttackBook book() {
        return book;
    }

    /** Returns whether it has ended by then. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        long start = System.nanoTime();
        try (Selector selector = Selector.open()) {
            long tick = start + SECOND_NANOS;
            while (!isOver(start)) {
                open(selector);
                selector.select(this::onReady, TURN_MILLIS);
                if (System.nanoTime() - tick < 0) continue;
                tick += SECOND_NANOS;
                List.copyOf(alive).forEach(this::onSecond);
            }
        } catch (IOException e) {
            book.ended(String.valueOf(e.getMessage()), false, 0);
        } finally {
            alive.forEach(Assailant::close);
            book.over(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private boolean isOver(long start) {
        boolean done = !deed.manner().isKeptUp() && made == deed.count() && alive.isEmpty();
        return closed || done || System.nanoTime() - start > deed.time().toNanos();
    }

    private void open(Selector selector) {
        for (int i = 0; i < MOST_PER_TURN && mayOpen(); i++) openOne(selector);
    }

    private boolean mayOpen() {
        if (made < deed.count())
            return alive.size() < MOST_AT_ONCE || deed.manner().isKeptUp();
        Long next = returns.peek();
        if (next == null || System.nanoTime() - next < 0) return false;
        returns.remove();
        return true;
    }

    private void openOne(Selector selector) {
        URI url = urls.get(made % urls.size());
        InetSocketAddress to = new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
        Handshake handshake = new Handshake(url.getAuthority(), url.getRawPath(), Limits.SUBPROTOCOL_PROTOBUF);
        book.opened();
        try {
            alive.add(new Assailant(selector, to, from(to, made), deed.manner(), handshake.request()));
        } catch (IOException | RuntimeException e) {
            over(String.valueOf(e.getMessage()), false, 0);
        }
        made++;
    }

    private void onReady(SelectionKey key) {
        Assailant one = (Assailant) key.attachment();
        String ended = one.onReady(scratch);
        if (ended != null) over(one, ended);
    }

    private void onSecond(Assailant one) {
        String ended = one.onSecond();
        boolean impatient = !one.isConnected() || deed.manner() == Manner.BURST;
        if (ended == null && impatient && one.ageNanos() > PATIENCE_NANOS) ended = "no answer within 10 s";
        if (ended != null) over(one, ended);
    }

    private void over(Assailant one, String how) {
        one.close();
        alive.remove(one);
        over(how, one.isConnected(), one.ageNanos());
    }

    private void over(String how, boolean wasConnected, long ageNanos) {
        book.ended(how, wasConnected, ageNanos);
        if (deed.manner().isKeptUp()) returns.add(System.nanoTime() + SECOND_NANOS);
    }

    /** One address has some 28,000 ports to another. On this machine there are more. */
    private static @Nullable InetSocketAddress from(InetSocketAddress to, int number) {
        if (to.isUnresolved() || !to.getAddress().isLoopbackAddress()) return null;
        return new InetSocketAddress("127.0.0." + (2 + number % SOURCES), 0);
    }
}
