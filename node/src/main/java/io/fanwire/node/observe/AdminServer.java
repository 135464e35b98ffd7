package io.fanwire.node.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The admin port: {@code /livez}, {@code /readyz}, {@code /metrics}, {@code /api/…}. Never exposed to clients. Two
 * threads of its own: a node that is busy with clients still answers its operators.
 */
public final class AdminServer implements AutoCloseable {
    private static final int THREADS = 2;

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
    public static AdminServer start(AdminConfig config, Operated node) throws IOException {
        AdminServer started = new AdminServer(bind(config));
        started.show("/livez", () -> page(node.health().live()));
        started.show("/readyz", () -> page(node.health().ready()));
        started.show("/metrics", () -> Page.metrics(node.metrics().scrape()));
        started.serve("/api/drain", new DrainPages(node.drain()).methods());
        started.show("/api/cluster", () -> ClusterPage.show(node.nodeId(), node.membership()));
        started.show("/api/lag", () -> Page.json(200, node.lag().get()));
        started.show("/", () -> Page.text(404, "try /livez, /readyz, /metrics, /api/drain, /api/cluster, /api/lag"));
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

    /** A page that is only read. */
    private void show(String path, Supplier<Page> page) {
        serve(path, Map.of("GET", page));
    }

    /** @param methods what to answer by; HEAD is GET without a body */
    private void serve(String path, Map<String, Supplier<Page>> methods) {
        server.createContext(path, exchange -> {
            try (exchange) {
                boolean exact =
                        path.equals("/") || exchange.getRequestURI().getPath().equals(path);
                send(exchange, exact ? answer(exchange, methods) : Page.text(404, "nothing here"));
            }
        });
    }

    private static Page answer(HttpExchange exchange, Map<String, Supplier<Page>> methods) {
        String method = isHead(exchange) ? "GET" : exchange.getRequestMethod();
        // A browser adds it whenever a page asks for a change: any page that an operator looks at could, unasked.
        boolean byPage = !method.equals("GET") && exchange.getRequestHeaders().containsKey("Origin");
        if (byPage) return Page.text(403, "not from a web page");
        Supplier<Page> page = methods.get(method);
        if (page != null) return page.get();
        String allowed = String.join(", ", new TreeSet<>(methods.keySet()));
        exchange.getResponseHeaders().set("Allow", allowed);
        return Page.text(405, "only " + allowed);
    }

    private static Page page(Health.Answer answer) {
        return Page.text(answer.ok() ? 200 : 503, answer.line());
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.type());
        exchange.sendResponseHeaders(page.status(), isHead(exchange) ? -1 : bytes.length);
        if (!isHead(exchange)) exchange.getResponseBody().write(bytes);
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
