package io.fanwire.client;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few daemon threads that all clients of a JVM share. Loops and sockets have separate ones, so that a listener that
 * is slow against all advice can't keep the sockets of other clients from being read.
 */
final class SharedThreads {
    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    /** Runs loops, and so listeners. */
    static final Executor LOOPS = pool("fanwire-client", Math.max(2, CPUS));

    /** Only ever hands tasks to loops. */
    static final ScheduledThreadPoolExecutor CLOCK = clock();

    private SharedThreads() {}

    /** Opened with the first client that brings none of its own. */
    static HttpClient httpClient() {
        return Http.CLIENT;
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, daemons("fanwire-client-clock"));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static final class Http {
        // At least four: the JDK looks up host names on these threads, and that blocks.
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .executor(pool("fanwire-client-io", Math.max(4, CPUS)))
                .build();
    }
}
