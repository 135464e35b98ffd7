package io.fanwire.loadtest.verify;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads of all clients, known by name so that one without any time left can be told. */
final class ClientThreads implements AutoCloseable {
    private static final int CPUS = Runtime.getRuntime().availableProcessors();
    // At least four: the JDK looks up host names on these threads, and that blocks.
    private static final int MIN_SOCKET_THREADS = 4;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ExecutorService loops = Executors.newFixedThreadPool(Math.max(2, CPUS), named("verify-loop"));
    private final ExecutorService sockets =
            Executors.newFixedThreadPool(Math.max(MIN_SOCKET_THREADS, CPUS), named("verify-socket"));
    private final List<HttpClient> https = new ArrayList<>();

    ClientThreads() {
        // Each has one thread that reads all of its sockets.
        for (int i = 0; i < Math.max(1, CPUS / 2); i++) {
            https.add(HttpClient.newBuilder().executor(sockets).build());
        }
    }

    /** For the listeners. */
    Executor loops() {
        return loops;
    }

    /** @param client any number */
    HttpClient http(int client) {
        return https.get(client % https.size());
    }

    List<Thread> all() {
        List<Thread> all = new ArrayList<>(threads);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        loops.shutdown();
        sockets.shutdown();
    }

    private ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name + "-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }
}
