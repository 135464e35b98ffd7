package io.fanwire.client;

import io.fanwire.protocol.Limits;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a client connects. Immutable; one instance may be used for many clients.
 *
 * @param urls the nodes, {@code ws} or {@code wss}; the client tries them in a random order of its own, another one
 *     after each connection that ended or failed
 * @param token a credential for the nodes; empty for none
 * @param clientName who is there, for the nodes' logs; at most {@value Limits#MAX_CLIENT_NAME_CHARS} characters
 * @param connectTimeout for TCP, TLS, WebSocket handshake and the node's answer together
 * @param minBackoff the upper bound of the random wait before the first reconnect; doubles with every failure. The
 *     clients of a node that dies come back spread over this time: if it is short, they come as a stampede. A node that
 *     says goodbye in time also says when to come back, and that holds instead.
 * @param maxBackoff where doubling stops; a connection that lasted longer than this starts at {@code minBackoff} again
 * @param heartbeatInterval the silence after which heartbeats are sent, if the nodes allow it; zero leaves it to them
 * @param heartbeatTimeout how long after that who is still silent is dead, if the nodes allow it; zero leaves it to them
 * @param publishTimeout how long a publish is tried before it fails; at most two minutes, since nodes remember
 *     idempotency keys for that long
 * @param historyTimeout how long a history query is tried before it fails
 * @param maxPendingPublishes how many publishes may wait for their acknowledgement
 * @param listener hears of the client's life
 * @param httpClient opens the connections; by default all clients share one
 * @param executor runs the client's loop, and so its listeners; by default all clients share a few daemon threads
 */
public record ClientOptions(
        List<URI> urls,
        String token,
        String clientName,
        Duration connectTimeout,
        Duration minBackoff,
        Duration maxBackoff,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        Duration publishTimeout,
        Duration historyTimeout,
        int maxPendingPublishes,
        ClientListener listener,
        @Nullable HttpClient httpClient,
        @Nullable Executor executor) {
    private static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(2);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofHours(1);
    /** A refused command disturbs nobody but its sender, and somebody waits for it. */
    private static final Duration COMMAND_BACKOFF = Duration.ofMillis(100);

    /** @throws IllegalArgumentException with a message that says what to mend */
    public ClientOptions {
        urls = List.copyOf(urls);
        if (urls.isEmpty())
            throw new IllegalArgumentException("urls must name at least one node, like ws://host:8080/ws");
        urls.forEach(ClientOptions::checkUrl);
        if (clientName.length() > Limits.MAX_CLIENT_NAME_CHARS) {
            throw new IllegalArgumentException("clientName has " + clientName.length() + " characters, at most "
                    + Limits.MAX_CLIENT_NAME_CHARS + " are allowed");
        }
        checkPositive("connectTimeout", connectTimeout);
        checkPositive("minBackoff", minBackoff);
        checkPositive("maxBackoff", maxBackoff);
        checkHeartbeat("heartbeatInterval", heartbeatInterval);
        checkHeartbeat("heartbeatTimeout", heartbeatTimeout);
        checkPositive("publishTimeout", publishTimeout);
        checkPositive("historyTimeout", historyTimeout);
        if (maxBackoff.compareTo(minBackoff) < 0) {
            throw new IllegalArgumentException(
                    "maxBackoff must not be less than minBackoff: " + maxBackoff + " < " + minBackoff);
        }
        if (publishTimeout.compareTo(IDEMPOTENCY_WINDOW) > 0) {
            throw new IllegalArgumentException("publishTimeout must be at most " + IDEMPOTENCY_WINDOW
                    + ", for so long nodes remember idempotency keys: " + publishTimeout);
        }
        if (maxPendingPublishes < 1) {
            throw new IllegalArgumentException("maxPendingPublishes must be at least 1: " + maxPendingPublishes);
        }
    }

    /** The upper bound of the first wait before a refused command is repeated. */
    Duration minCommandBackoff() {
        return minBackoff.compareTo(COMMAND_BACKOFF) < 0 ? minBackoff : COMMAND_BACKOFF;
    }

    /** @param urls like {@code ws://host:8080/ws} */
    public static Builder builder(String... urls) {
        return new Builder(Arrays.stream(urls).map(URI::create).toList());
    }

    /** @param urls like {@code ws://host:8080/ws} */
    public static Builder builder(List<URI> urls) {
        return new Builder(urls);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ClientOptions[urls=" + urls + ", clientName=" + clientName + "]";
    }

    private static void checkUrl(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean ok =
                (scheme.equals("ws") || scheme.equals("wss")) && url.getHost() != null && url.getFragment() == null;
        if (!ok) throw new IllegalArgumentException("a url must look like ws://host:8080/ws or wss://host/ws: " + url);
    }

    private static void checkPositive(String name, Duration value) {
        if (value.isNegative() || value.isZero())
            throw new IllegalArgumentException(name + " must be positive: " + value);
    }

    private static void checkHeartbeat(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST_HEARTBEAT) > 0)
            throw new IllegalArgumentException(name + " must be between 0 and " + LONGEST_HEARTBEAT + ": " + value);
    }

    /** Collects options; for one thread. */
    public static final class Builder {
        private final List<URI> urls;
        private String token = "";
        private String clientName = "fanwire-java";
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration minBackoff = Duration.ofSeconds(1);
        private Duration maxBackoff = Duration.ofSeconds(10);
        private Duration heartbeatInterval = Duration.ZERO;
        private Duration heartbeatTimeout = Duration.ZERO;
        private Duration publishTimeout = Duration.ofSeconds(10);
        private Duration historyTimeout = Duration.ofSeconds(10);
        private int maxPendingPublishes = 10_000;
        private ClientListener listener = new ClientListener() {};
        private @Nullable HttpClient httpClient;
        private @Nullable Executor executor;

        private Builder(List<URI> urls) {
            this.urls = urls;
        }

        /** Default: none. */
        public Builder token(String token) {
            this.token = token;
            return this;
        }

        /** Default: {@code fanwire-java}. */
        public Builder clientName(String clientName) {
            this.clientName = clientName;
            return this;
        }

        /** Default: 10 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** Default: 1 s to 10 s, so half a second to the first reconnect on average. */
        public Builder backoff(Duration min, Duration max) {
            this.minBackoff = min;
            this.maxBackoff = max;
            return this;
        }

        /** Default: what the nodes are set to. Shorter ones notice a dead node earlier, and cost more heartbeats. */
        public Builder heartbeat(Duration interval, Duration timeout) {
            this.heartbeatInterval = interval;
            this.heartbeatTimeout = timeout;
            return this;
        }

        /** Default: 10 s. */
        public Builder publishTimeout(Duration publishTimeout) {
            this.publishTimeout = publishTimeout;
            return this;
        }

        /** Default: 10 s. */
        public Builder historyTimeout(Duration historyTimeout) {
            this.historyTimeout = historyTimeout;
            return this;
        }

        /** Default: 10 000. */
        public Builder maxPendingPublishes(int maxPendingPublishes) {
            this.maxPendingPublishes = maxPendingPublishes;
            return this;
        }

        /** Default: one that logs errors and ignores the rest. */
        public Builder listener(ClientListener listener) {
            this.listener = listener;
            return this;
        }

        /** Default: one for the whole JVM. The client never closes it. */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = httpClient;
            return this;
        }

        /** Default: a few daemon threads for the whole JVM. Must outlive the client, which never closes it. */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /** @throws IllegalArgumentException with a message that says what to mend */
        public ClientOptions build() {
            return new ClientOptions(
                    urls,
                    token,
                    clientName,
                    connectTimeout,
                    minBackoff,
                    maxBackoff,
                    heartbeatInterval,
                    heartbeatTimeout,
                    publishTimeout,
                    historyTimeout,
                    maxPendingPublishes,
                    listener,
                    httpClient,
                    executor);
        }
    }
}
