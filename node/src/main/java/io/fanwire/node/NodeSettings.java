package io.fanwire.node;

import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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

        @WithDefault("fanwire:")
        String keyPrefix();

        @WithDefault("3s")
        Duration connectTimeout();

        @WithDefault("2s")
        Duration commandTimeout();

        @WithDefault("2s")
        Duration maxReconnectDelay();

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
    }

    /** What one client may do. */
    interface Limits {
        @WithDefault("65536")
        int payloadBytes();

        @WithDefault("1000")
        int subscriptions();
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
