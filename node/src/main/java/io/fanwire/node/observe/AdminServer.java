package io.fanwire.node.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The admin port: {@code /livez}, {@code /readyz}, {@code /metrics}. Never exposed to clients. Two threads of its own:
 * a node that is busy with clients still answers its operators.
 */
public final class AdminServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "admin");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the port can't be had; the message says which
     */
    public static AdminServer start(AdminConfig config, Health health, PrometheusMeterRegistry metrics)
            throws IOException {
        AdminServer started = new AdminServer(bind(config));
        started.serve("/livez", exchange -> answer(exchange, health.live()));
        started.serve("/readyz", exchange -> answer(exchange, health.ready()));
        started.serve("/metrics", exchange -> send(exchange, 200, METRICS, metrics.scrape()));
        started.serve("/", exchange -> send(exchange, 404, TEXT, "try /livez, /readyz or /metrics\n"));
        started.server.start();
        return started;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer bind(AdminConfig config) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
        } catch (IOException e) {
            throw new IOException(
                    "can't listen on " + config.host() + ":" + config.port() + " (admin): " + e.getMessage(), e);
        }
    }

    private void serve(String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                boolean exact =
                        path.equals("/") || exchange.getRequestURI().getPath().equals(path);
                boolean reads = exchange.getRequestMethod().equals("GET")
                        || exchange.getRequestMethod().equals("HEAD");
                if (!reads) send(exchange, 405, TEXT, "only GET\n");
                else if (!exact) send(exchange, 404, TEXT, "nothing here\n");
                else page.answer(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, Health.Answer answer) throws IOException {
        send(exchange, answer.ok() ? 200 : 503, TEXT, answer.line() + "\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) exchange.getResponseBody().write(bytes);
    }

    @FunctionalInterface
    private interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }
}
