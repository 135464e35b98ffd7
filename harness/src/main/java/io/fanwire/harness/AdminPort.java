package io.fanwire.harness;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Short questions to a node's admin port. A node that does not answer in time, half a second, says nothing. */
final class AdminPort {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private AdminPort() {}

    /** The status code of a GET; 0 without an answer. */
    static int status(URI uri) {
        return status(uri, TIMEOUT);
    }

    /** The same with another time to connect in, and to answer in. */
    static int status(URI uri, Duration timeout) {
        try {
            HttpURLConnection connection = open(uri, timeout);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The body of a GET that is answered with 200; else empty. */
    static String body(URI uri) {
        return body(uri, TIMEOUT);
    }

    /** The same with another time to connect in, and to answer in. */
    static String body(URI uri, Duration timeout) {
        try {
            HttpURLConnection connection = open(uri, timeout);
            if (connection.getResponseCode() != 200) return "";
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }

    private static HttpURLConnection open(URI uri, Duration timeout) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
        connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
        return connection;
    }
}
