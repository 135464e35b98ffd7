package io.fanwire.node;

import io.fanwire.node.admission.AddressSource;
import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The node's settings as they are written: {@code fanwire.redis.uri} is {@code FANWIRE_REDIS_URI} in the environment
 * and {@code redis: {uri: …}} in the YAML file. What the values mean, and which are allowed, is said by the records
 * that {@link NodeConfig} makes of them.
 */
@ConfigMapping(prefix = "fanwire")
interface NodeSettings {
    @WithDefault("0.0.0.0")
    String host();

    @WithDefault("8080")
    int port();

    /** Names the node in replies, logs and metrics. */
    Optional<String> nodeId();

    /** Event loops; 0 takes one per core. */
    @WithDefault("0")
    int lanes();

    @WithDefault("10s")
    Duration connectTimeout();

    Admin admin();

    Redis redis();

    Heartbeat heartbeat();

    Limits limits();

    Proxy proxy();

    Overload overload();

    Drain drain();

    Cluster cluster();

    Rebalance rebalance();

    Topics topics();

    Logging logging();

    /** By name; without any there is the one named default, with the defaults of every setting. */
    Map<String, Namespace> namespaces();

    /** The port for operators. */
    interface Admin {
        /** Where it listens; unset: where the client port does. */
        Optional<String> host();

        @WithDefault("9090")
        int port();
    }

    /** Without a URI the node is alone. */
    interface Redis {
        Optional<String> uri();

        /** The URI has that of Redis itself. */
        Optional<String> sentinelPassword();

        @WithDefault("fanwire:")
        String keyPrefix();

        @WithDefault("3s")
        Duration connectTimeout();

        @WithDefault("2s")
        Duration commandTimeout();

        @WithDefault("2s")
        Duration maxReconnectDelay();

        /** How long a node that starts tries to reach Redis; 0s is once. */
        @WithDefault("0s")
        Duration startTimeout();

        @WithDefault("24h")
        Duration topicTtl();

        @WithDefault("30s")
        Duration compareInterval();

        @WithDefault("10000")
        int maxPublishesInFlight();

        @WithDefault("67108864")
        long maxPublishBytesInFlight();
    }

    /** When a silent client is dead. */
    interface Heartbeat {
        @WithDefault("25s")
        Duration interval();

        @WithDefault("10s")
        Duration timeout();

        /** The least and the most that a client may wish for. */
        @WithDefault("5s")
        Duration minInterval();

        @WithDefault("5m")
        Duration maxInterval();

        @WithDefault("1m")
        Duration maxTimeout();
    }

    /** What one client, or all of them together, may do. Rates are per second; 0 is no limit. */
    interface Limits {
        /** 0: as many as files may be open, less a tenth, and the container's memory has room for. */
        @WithDefault("0")
        int connections();

        @WithDefault("0")
        int connectionsPerAddress();

        @WithDefault("2000")
        int handshakeRate();

        /** Connections that have not finished their handshake. */
        @WithDefault("5000")
        int pendingHandshakes();

        /** From the accepted TCP connection to the end of the handshake. */
        @WithDefault("10s")
        Duration handshakeTimeout();

        @WithDefault("8192")
        int headerBytes();

        @WithDefault("131072")
        int frameBytes();

        @WithDefault("1000")
        int commandsPerFrame();

        @WithDefault("65536")
        int payloadBytes();

        @WithDefault("1000")
        int subscriptions();

        @WithDefault("0")
        int commandRate();

        @WithDefault("0")
        int publishRate();

        @WithDefault("0")
        int identityCommandRate();

        @WithDefault("0")
        int identityPublishRate();

        /** How much of a rate may come at once. */
        @WithDefault("1s")
        Duration rateBurst();

        /** How long a client's socket may take not one byte of what is written. */
        @WithDefault("30s")
        Duration writeTimeout();

        /** When a connection is told to come again; 0s is never. */
        @WithDefault("0s")
        Duration connectionAge();
    }

    /** Who says where a client comes from. */
    interface Proxy {
        /** Networks such as 10.0.0.0/8. */
        Optional<List<String>> trusted();

        @WithDefault("none")
        AddressSource addressFrom();
    }

    /** When the node takes no more connections. */
    interface Overload {
        /** Of the heap, that is in use after a collection. */
        @WithDefault("90")
        int heapPercent();

        /** How long a task may wait for its lane. */
        @WithDefault("1s")
        Duration laneDelay();

        /** Of the container's memory, that is in use. */
        @WithDefault("90")
        int memoryPercent();

        /** Clients that may leave their sockets full at the same time. 0: as many as the container has room for. */
        @WithDefault("0")
        int fullSockets();
    }

    /** How clients leave a node that stops. */
    interface Drain {
        /** From being unready to the first goodbye. */
        @WithDefault("0s")
        Duration delay();

        /** Over which the goodbyes are spread. */
        @WithDefault("20s")
        Duration duration();

        /** After which who is still there is cut. */
        @WithDefault("5s")
        Duration grace();
    }

    /** What nodes know of each other. */
    interface Cluster {
        /** How often a node tells its load; it is forgotten after three times as long. */
        @WithDefault("5s")
        Duration reportInterval();
    }

    /** How load is made even between nodes. */
    interface Rebalance {
        /** Percent of its clients that a node hands off each second at most; 0: none. */
        @WithDefault("1")
        int pacePercent();

        /** Percent above the average from which on a node hands off clients. */
        @WithDefault("10")
        int tolerancePercent();

        /** The same while nodes drain, and for six report intervals after. */
        @WithDefault("50")
        int drainTolerancePercent();
    }

    /** How topics are hosted. */
    interface Topics {
        @WithDefault("1000000")
        int max();

        @WithDefault("1s")
        Duration linger();

        @WithDefault("4194304")
        int logBytes();

        /** Of all logs together; 0 takes a quarter of the heap. */
        @WithDefault("0")
        long allLogsBytes();

        @WithDefault("30s")
        Duration logAge();

        @WithDefault("65536")
        int segmentBytes();
    }

    /** What holds for the topics of one namespace. */
    interface Namespace {
        @WithDefault("1000")
        int historySize();

        @WithDefault("5m")
        Duration historyAge();

        @WithDefault("1048576")
        long historyBytes();

        @WithDefault("true")
        boolean resume();

        @WithDefault("gap")
        FallBehind fallBehind();

        @WithDefault("65536")
        int payloadBytes();

        @WithDefault("acknowledged")
        Durability durability();
    }

    /** What the node writes about itself. */
    interface Logging {
        @WithDefault("info")
        Level level();

        /** From the quietest to the most talkative. */
        enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG
        }
    }
}
