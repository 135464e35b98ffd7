package io.fanwire.node;

import io.fanwire.node.backplane.Backplane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A node in this JVM, on free ports of the loopback interface, as its configuration would make it. */
public final class TestNode implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Node node;

    private TestNode(Node node) {
        this.node = node;
    }

    /** @param settings environment variables and values, in turn */
    public static TestNode start(String... settings) {
        return start(UnaryOperator.identity(), settings);
    }

    /** A node with a defect. */
    static TestNode start(UnaryOperator<Backplane> wiring, String... settings) {
        Map<String, String> environment =
                new HashMap<>(Map.of("FANWIRE_HOST", "127.0.0.1", "FANWIRE_PORT", "0", "FANWIRE_ADMIN_PORT", "0"));
        // A machine that is busy with other tests must not make a node refuse its clients.
        environment.put("FANWIRE_OVERLOAD_LANE_DELAY", "1m");
        for (int i = 0; i < settings.length; i += 2) environment.put(settings[i], settings[i + 1]);
        try {
            return new TestNode(Node.start(NodeConfig.from(environment), wiring));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return node.port();
    }

    public String url() {
        return "ws://127.0.0.1:" + node.port() + "/ws";
    }

    public HttpResponse<String> get(int port, String path) {
        return send("GET", port, path);
    }

    public HttpResponse<String> admin(String path) {
        return get(node.adminPort(), path);
    }

    public HttpResponse<String> admin(String method, String path) {
        return send(method, node.adminPort(), path);
    }

    /** As a browser sends it for a page of this origin. */
    HttpResponse<String> adminFromPage(String origin, String method, String path) {
        return send(request(method, node.adminPort(), path).header("Origin", origin));
    }

    private static HttpResponse<String> send(String method, int port, String path) {
        return send(request(method, port, path));
    }

    private static HttpRequest.Builder request(String method, int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The value of a meter, as Prometheus would read it. */
    public double metric(String name) {
        return admin("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no meter " + name));
    }

    @Override
    public void close() {
        node.close();
    }
}
