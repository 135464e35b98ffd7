package io.fanwire.loadtest.fleet;

import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where workers join. Who connects is a worker when it has said hello in time, in this version's words; each is greeted
 * on a thread of its own, so that a stranger holds up nobody. Methods may be called from any thread.
 */
final class Lobby implements AutoCloseable {
    private final ServerSocket door;
    private final Patience patience;
    private final Consumer<String> remarks;
    private final BlockingQueue<Peer> joined = new LinkedBlockingQueue<>();

    private Lobby(ServerSocket door, Patience patience, Consumer<String> remarks) {
        this.door = door;
        this.patience = patience;
        this.remarks = remarks;
    }

    /** @throws ScenarioException if the port is in use */
    static Lobby open(String host, int port, Patience patience, Consumer<String> remarks) {
        try {
            ServerSocket door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(host, port));
            Lobby lobby = new Lobby(door, patience, remarks);
            lobby.run(lobby::let);
            return lobby;
        } catch (IOException e) {
            throw new ScenarioException(Fault.TOOL, "workers can't join at port " + port + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** The next that has joined; null if there is none in time. */
    @Nullable
    Peer next(Duration wait) throws InterruptedException {
        return joined.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Nobody can join any more; those whom nobody asked for are sent away. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            // Nobody joins any more.
        }
        for (Peer left = joined.poll(); left != null; left = joined.poll()) left.close();
    }

    private void let() {
        try {
            while (true) {
                Socket socket = door.accept();
                run(() -> greet(socket));
            }
        } catch (IOException e) {
            if (!door.isClosed()) remarks.accept("workers can't join any more: " + e.getMessage());
        }
    }

    private void greet(Socket socket) {
        try {
            Peer peer = Peer.on(socket, patience.silence());
            if (!isWelcome(peer)) peer.close();
        } catch (IOException e) {
            // It has gone.
        }
    }

    private boolean isWelcome(Peer peer) {
        try {
            if (!(peer.hear(patience.greeting()) instanceof Message.Hello hello)) return false;
            if (hello.version() != Message.VERSION) return reject(peer, hello.version());
            joined.add(peer);
            return !door.isClosed() || !joined.remove(peer);
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private boolean reject(Peer peer, int version) throws IOException {
        String why = "the worker at " + peer + " speaks version " + version
                + " of what load processes say to each other," + " its coordinator version " + Message.VERSION;
        remarks.accept(why);
        peer.say(new Message.Failed(why, Fault.TOOL));
        return false;
    }

    private void run(Runnable work) {
        Thread thread = new Thread(work, "load-lobby");
        thread.setDaemon(true);
        thread.start();
    }
}
