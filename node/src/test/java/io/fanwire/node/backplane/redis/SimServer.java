package io.fanwire.node.backplane.redis;

import io.fanwire.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A simulated Redis with the connections of the nodes: what a channel hears, and what of that is lost or comes twice. */
public final class SimServer {
    private final Map<String, Set<SimPubSub>> channels = new HashMap<>();
    private final List<SimBackplane> nodes = new ArrayList<>();
    private final SimRedis redis;
    private final Random random;
    private boolean faulty = true;

    public SimServer(SimRedis redis, Random random) {
        this.redis = redis;
        this.random = random;
    }

    /** Something happens to Redis that happens to Redis. */
    public void misbehave() {
        if (!faulty) return;
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> redis.save();
            case 3 -> {
                nodes.forEach(SimBackplane::loseConnections);
                redis.restartFromLastSave();
            }
            case 4 -> {
                if (random.nextInt(4) != 0) return;
                nodes.forEach(SimBackplane::loseConnections);
                redis.restartEmpty();
            }
            // As if an output buffer had overflown between two nodes, or a proxy had forgotten: TCP looks fine.
            case 5 -> channels.clear();
            default -> node().loseConnections();
        }
    }

    /** From here on nothing is lost any more. */
    public void heal() {
        faulty = false;
    }

    public SimRedis redis() {
        return redis;
    }

    void join(SimBackplane node) {
        nodes.add(node);
    }

    Position publish(String topic, byte[] body) {
        Position position = redis.publish(topic, body);
        String channel = channel(topic);
        byte[] message = message(position, body);
        for (SimPubSub each : List.copyOf(channels.getOrDefault(channel, Set.of()))) {
            if (faulty && random.nextInt(60) == 0) continue;
            each.hear(channel, message);
            if (faulty && random.nextInt(400) == 0) each.hear(channel, message);
        }
        return position;
    }

    void subscribe(String channel, SimPubSub connection) {
        channels.computeIfAbsent(channel, name -> new LinkedHashSet<>()).add(connection);
    }

    void unsubscribe(String channel, SimPubSub connection) {
        channels.getOrDefault(channel, new LinkedHashSet<>()).remove(connection);
    }

    void forget(SimPubSub connection) {
        channels.values().forEach(each -> each.remove(connection));
    }

    static String channel(String topic) {
        return "c:" + topic;
    }

    private SimBackplane node() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static byte[] message(Position position, byte[] body) {
        byte[] header = (position.epoch() + ":" + position.offset() + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[header.length + body.length];
        System.arraycopy(header, 0, message, 0, header.length);
        System.arraycopy(body, 0, message, header.length, body.length);
        return message;
    }
}
