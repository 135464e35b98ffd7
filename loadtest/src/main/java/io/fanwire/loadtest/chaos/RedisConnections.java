package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.scenario.ScenarioException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be done to the connections that Redis has, through commands of its own. For one thread. */
final class RedisConnections {
    private static final Pattern ID = Pattern.compile("^id=(\\d+) ");
    private static final String LIMIT = "client-output-buffer-limit";
    private static final int SHORTEST_STALL_MILLIS = 250;
    private static final int LONGEST_STALL_MILLIS = 2_000;
    private static final int MOST_STALLS = 6;
    private static final Duration BREAK = Duration.ofMillis(500);
    // Nodes that have just lost theirs come back.
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(20);
    // Nothing is answered and nothing is sent meanwhile; what comes then comes all at once.
    private static final String STALL = """
            local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end
            local ends = now() + tonumber(ARGV[1])
            while now() < ends do end
            """;

    private final Cluster cluster;

    RedisConnections(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Closes all of a type, of which there has to be one. Returns how many there were. */
    int kill(ConnectionType type) {
        awaitOne(type);
        return Integer.parseInt(
                cluster.redis("CLIENT", "KILL", "TYPE", type.toString()).get(0));
    }

    /**
     * Makes Redis close connections on which it has more to send than it may keep. It may keep next to nothing meanwhile,
     * and stalls, longer and longer, until so much has come for the connections at once that it has: real publications,
     * which are lost. Returns how many connections it has closed.
     */
    int overflow(ConnectionType type) {
        Set<String> before = awaitOne(type);
        String limits = cluster.redis("CONFIG", "GET", LIMIT).get(1);
        try {
            // Redis has a fixed buffer for each connection, of up to 16 KiB, to which no limit applies.
            cluster.redis("CONFIG", "SET", LIMIT, type + " 1kb 0 0");
            int stall = SHORTEST_STALL_MILLIS;
            for (int i = 0; i < MOST_STALLS; i++, stall = Math.min(2 * stall, LONGEST_STALL_MILLIS)) {
                cluster.redis("EVAL", STALL, "0", Integer.toString(stall));
                int closed = missing(before, type);
                if (closed > 0) return closed;
                // Who has given up on it may need a moment to come back with more.
                LockSupport.parkNanos(BREAK.toNanos());
            }
            throw new ScenarioException("Redis did not close one of the " + before.size() + " " + type
                    + " connections: there is too little traffic to overflow an output buffer");
        } finally {
            cluster.redis("CONFIG", "SET", LIMIT, limits);
        }
    }

    private Set<String> awaitOne(ConnectionType type) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<String> ids = ids(type);
        while (ids.isEmpty()) {
            if (System.nanoTime() - deadline > 0)
                throw new ScenarioException(
                        "Redis has no " + type + " connections, after " + PATIENCE.toSeconds() + " s");
            LockSupport.parkNanos(POLL.toNanos());
            ids = ids(type);
        }
        return ids;
    }

    private int missing(Set<String> before, ConnectionType type) {
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(ids(type));
        return gone.size();
    }

    private Set<String> ids(ConnectionType type) {
        List<String> lines = cluster.redis("CLIENT", "LIST", "TYPE", type.toString());
        Set<String> ids = new TreeSet<>();
        for (String line : lines) {
            Matcher id = ID.matcher(line);
            if (id.find()) ids.add(id.group(1));
        }
        return ids;
    }
}
