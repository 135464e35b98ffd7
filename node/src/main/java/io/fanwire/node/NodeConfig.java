package io.fanwire.node;

import io.fanwire.node.admission.AdmissionConfig;
import io.fanwire.node.admission.OverloadConfig;
import io.fanwire.node.backplane.redis.RedisConfig;
import io.fanwire.node.cluster.ClusterConfig;
import io.fanwire.node.drain.DrainConfig;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.observe.AdminConfig;
import io.fanwire.node.session.HeartbeatConfig;
import io.fanwire.node.session.RateConfig;
import io.fanwire.node.session.SessionConfig;
import io.fanwire.node.session.SessionLimits;
import io.fanwire.node.socket.SocketConfig;
import io.fanwire.node.topic.LogConfig;
import io.fanwire.node.topic.TopicConfig;
import io.fanwire.protocol.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that a node has to be told.
 *
 * @param redis empty for a node that is alone
 * @param lanes event loops, at least one
 */
public record NodeConfig(
        String nodeId,
        SocketConfig socket,
        AdminConfig admin,
        AdmissionConfig admission,
        DrainConfig drain,
        ClusterConfig cluster,
        Optional<RedisConfig> redis,
        int lanes,
        SessionConfig session,
        TopicConfig topics,
        Namespaces namespaces,
        String logLevel) {
    private static final int MAX_LANES = 256;

    public NodeConfig {
        if (lanes < 1 || lanes > MAX_LANES) {
            throw new IllegalArgumentException("lanes must be 0 to " + MAX_LANES + ": " + lanes);
        }
        if (nodeId.isBlank()) throw new IllegalArgumentException("node-id must not be blank");
    }

    /**
     * From an environment such as {@link System#getenv()}, and the file that it names.
     *
     * @throws InvalidConfigException with one line that says what to mend
     */
    public static NodeConfig from(Map<String, String> environment) {
        try {
            return from(SettingsReader.read(environment));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static NodeConfig from(NodeSettings settings) {
        NodeSettings.Redis redis = settings.redis();
        return new NodeConfig(
                settings.nodeId().orElseGet(NodeConfig::randomId),
                new SocketConfig(settings.host(), settings.port()),
                new AdminConfig(
                        settings.admin().host().orElse(settings.host()),
                        settings.admin().port()),
                admissionConfig(settings),
                new DrainConfig(
                        settings.drain().delay(),
                        settings.drain().duration(),
                        settings.drain().grace()),
                new ClusterConfig(
                        settings.cluster().reportInterval(),
                        settings.rebalance().pacePercent(),
                        settings.rebalance().tolerancePercent(),
                        settings.rebalance().drainTolerancePercent()),
                redis.uri().map(uri -> redisConfig(uri, redis)),
                settings.lanes() == 0 ? Runtime.getRuntime().availableProcessors() : settings.lanes(),
                new SessionConfig(heartbeatConfig(settings.heartbeat()), sessionLimits(settings)),
                topicConfig(settings.topics()),
                namespaces(settings.namespaces()),
                settings.logging().level().name());
    }

    private static RedisConfig redisConfig(String uri, NodeSettings.Redis redis) {
        return new RedisConfig(
                uri,
                redis.sentinelPassword().orElse(""),
                redis.keyPrefix(),
                redis.connectTimeout(),
                redis.commandTimeout(),
                redis.maxReconnectDelay(),
                redis.startTimeout(),
                redis.topicTtl(),
                redis.compareInterval(),
                redis.maxPublishesInFlight(),
                redis.maxPublishBytesInFlight());
    }

    private static AdmissionConfig admissionConfig(NodeSettings settings) {
        NodeSettings.Limits limits = settings.limits();
        return new AdmissionConfig(
                limits.connections(),
                limits.connectionsPerAddress(),
                limits.handshakeRate(),
                limits.pendingHandshakes(),
                limits.handshakeTimeout(),
                limits.headerBytes(),
                settings.proxy().addressFrom(),
                settings.proxy().trusted().orElse(List.of()),
                new OverloadConfig(
                        settings.overload().heapPercent(),
                        settings.overload().laneDelay(),
                        settings.overload().memoryPercent(),
                        settings.overload().fullSockets()));
    }

    private static HeartbeatConfig heartbeatConfig(NodeSettings.Heartbeat heartbeat) {
        return new HeartbeatConfig(
                heartbeat.interval(),
                heartbeat.timeout(),
                heartbeat.minInterval(),
                heartbeat.maxInterval(),
                heartbeat.maxTimeout());
    }

    private static SessionLimits sessionLimits(NodeSettings settings) {
        NodeSettings.Limits limits = settings.limits();
        return new SessionLimits(
                settings.connectTimeout(),
                limits.writeTimeout(),
                limits.connectionAge(),
                limits.frameBytes(),
                limits.commandsPerFrame(),
                limits.payloadBytes(),
                limits.subscriptions(),
                new RateConfig(
                        limits.commandRate(),
                        limits.publishRate(),
                        limits.identityCommandRate(),
                        limits.identityPublishRate(),
                        limits.rateBurst()));
    }

    private static TopicConfig topicConfig(NodeSettings.Topics topics) {
        LogConfig log = new LogConfig(topics.logBytes(), topics.logAge(), topics.segmentBytes());
        long allLogs = topics.allLogsBytes() == 0 ? TopicConfig.heapShare(log) : topics.allLogsBytes();
        return new TopicConfig(topics.max(), topics.linger(), allLogs, TopicConfig.FAN_OUT_SLICE, log);
    }

    private static Namespaces namespaces(Map<String, NodeSettings.Namespace> settings) {
        List<Namespace> namespaces = new ArrayList<>();
        new TreeMap<>(settings).forEach((name, each) -> namespaces.add(namespace(name, each)));
        return Namespaces.of(namespaces);
    }

    private static Namespace namespace(String name, NodeSettings.Namespace settings) {
        try {
            new Topic(name + ":x");
            if (name.contains(":")) throw new IllegalArgumentException("a namespace's name has no colon");
            return new Namespace(
                    name,
                    new HistoryConfig(settings.historySize(), settings.historyAge(), settings.historyBytes()),
                    settings.resume(),
                    settings.fallBehind(),
                    settings.payloadBytes(),
                    settings.durability());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigException("namespaces." + name + "." + e.getMessage());
        }
    }

    private static String randomId() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36, Integer.MAX_VALUE), 36);
    }
}
