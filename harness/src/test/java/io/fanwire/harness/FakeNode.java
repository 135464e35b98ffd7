package io.fanwire.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Stands in for a node's main class: this module's tests come before the node is built. */
final class FakeNode {
    private FakeNode() {}

    public static void main(String[] args) throws IOException {
        String failure = System.getenv("FAKE_FAILURE");
        if (failure != null) {
            System.err.println(failure);
            System.exit(3);
        }
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
        answer(server, "/readyz", System.getenv("FAKE_NEVER_READY") == null ? 200 : 503, "");
        answer(server, "/metrics", 200, "# a comment\nfanwire_connections 3.0\nbytes{a=\"b c\"} 2\nbytes{a=\"d\"} 5\n");
        server.start();
        System.out.println("fake node is up");
        if ("true".equals(System.getenv("FANWIRE_EXIT_ON_STDIN_CLOSE"))) endWithParent();
    }

    private static int port() {
        return Integer.parseInt(System.getenv("FANWIRE_ADMIN_PORT"));
    }

    private static void answer(HttpServer server, String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static void endWithParent() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is ever sent; only the end matters.
        }
        System.exit(0);
    }
}
