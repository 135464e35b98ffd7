package io.fanwire.bench.capacity;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** From connections and their shape to nodes and Redis. Immutable. */
public final class Model {
    // Event, WebSocket, TCP, IP and Ethernet around a payload.
    private static final int AROUND = 20 + 4 + 66;
    // Of a stream's entry: id, position, and what is around a payload in a publication.
    private static final int AROUND_ENTRY = 50;
    // The defaults of a namespace.
    private static final int HISTORY_SIZE = 1_000;
    private static final int HISTORY_SECONDS = 300;
    private static final long HISTORY_BYTES = 1 << 20;
    private static final int MOST_NODES = 1_000_000;
    private static final double OVERLOAD_HEAP = 0.9;

    private final NodeSize size;
    private final Targets targets;

    public Model(NodeSize size, Targets targets) {
        this.size = size;
        this.targets = targets;
    }

    /** @throws IllegalArgumentException for no connections, or for more than a million nodes carry */
    public Sizing size(long connections, Shape shape) {
        if (connections < 1) throw new IllegalArgumentException("connections must be positive: " + connections);
        Map<Bound, Integer> needed = new EnumMap<>(Bound.class);
        needed.put(Bound.TRIED, nodes(n -> connections <= (double) n * size.tried()));
        needed.put(Bound.FILES, nodes(n -> connections <= n * size.files() * 0.9));
        needed.put(Bound.RETURN, nodes(n -> connections <= n * handshakesPerSecond() * targets.returnSeconds()));
        needed.put(Bound.MEMORY, nodes(n -> memory(connections, shape, n) <= targets.memory() * size.memoryBytes()));
        needed.put(
                Bound.HEAP,
                nodes(n -> heap(connections, shape, n) <= targets.memory() * OVERLOAD_HEAP * size.heapBytes()));
        needed.put(Bound.NETWORK, nodes(n -> bits(connections, shape) / n <= targets.network() * size.networkBits()));
        needed.put(Bound.CPU, nodes(n -> cores(connections, shape, n) <= targets.cpu() * size.cores()));
        Bound binding = needed.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        // Two at least: one that is replaced or lost must not be all.
        int nodes = Math.max(2, needed.getOrDefault(binding, 2));
        return sizing(connections, shape, nodes, binding, needed);
    }

    /** What a node lets in: its limit, or what the CPU that is left has. */
    double handshakesPerSecond() {
        double spare = size.cores() * (1 - targets.cpu());
        double each = Figure.HANDSHAKE_CPU.seconds() + Figure.SUBSCRIBE_CPU.seconds();
        return Math.min(targets.handshakeRate(), spare / each);
    }

    private Sizing sizing(long connections, Shape shape, int nodes, Bound binding, Map<Bound, Integer> needed) {
        double publications = shape.publicationsPerSecond(connections);
        double copies = Placement.nodesWith(shape.subscribers(connections), nodes);
        double comparisons = comparisons(connections, shape, copies);
        double redisCores =
                publications * redisSeconds(shape, copies) + comparisons * Figure.REDIS_COMPARE_CPU.seconds();
        return new Sizing(
                nodes,
                binding,
                needed,
                cores(connections, shape, nodes),
                memory(connections, shape, nodes),
                shape.deliveriesPerSecond(connections) / nodes,
                bits(connections, shape) / nodes,
                publications,
                copies,
                comparisons,
                redisCores,
                redisTurnMillis(publications, copies, nodes, redisCores),
                publications * copies * 8 * (Figure.REDIS_COPY_BYTES.bytes() - 128 + shape.payload()),
                shape.topics(connections) * redisBytesPerTopic(shape));
    }

    private static double redisSeconds(Shape shape, double copies) {
        Figure publication = shape.history() ? Figure.REDIS_HISTORY_CPU : Figure.REDIS_PLAIN_CPU;
        return publication.seconds() + copies * Figure.REDIS_COPY_CPU.seconds();
    }

    /** Each node that has a topic compares it with Redis once an interval, unless something came meanwhile. */
    private double comparisons(long connections, Shape shape, double nodesWithTopic) {
        double quiet = Math.exp(-shape.perSecond() * targets.compareSeconds());
        return shape.topics(connections) * nodesWithTopic * quiet / targets.compareSeconds();
    }

    /** A history begins with a page of 4 KB, and grows with what is published in its age, up to its bounds. */
    private static double redisBytesPerTopic(Shape shape) {
        if (!shape.history()) return Figure.REDIS_TOPIC_PLAIN.bytes();
        double kept = Math.min(HISTORY_SIZE, shape.perSecond() * HISTORY_SECONDS);
        double bytes = Math.min(HISTORY_BYTES, kept * (shape.payload() + AROUND_ENTRY));
        return Math.max(Figure.REDIS_TOPIC_HISTORY.bytes(), Figure.REDIS_TOPIC_PLAIN.bytes() + bytes);
    }

    /**
     * Redis writes to each node what came in a turn of its loop: the fuller it is, the longer a turn, and the more goes
     * into one write. So a turn is as long as all writes, and as what came meanwhile.
     */
    private static double redisTurnMillis(double publications, double copies, int nodes, double redisCores) {
        if (redisCores >= 1) return Double.POSITIVE_INFINITY;
        double write = Figure.REDIS_WRITE_CPU.seconds();
        double alone = copies * write;
        double busy = nodes * write / (1 - redisCores);
        return 1e3 * (publications * alone + redisCores < 1 ? Math.min(alone, busy) : busy);
    }

    /** Of a node: connections, a write for each delivery, and publications in and out. */
    private static double cores(long connections, Shape shape, int nodes) {
        double publications = shape.publicationsPerSecond(connections);
        double heard = Placement.nodesWith(shape.subscribers(connections), nodes) / nodes * publications;
        return connections * Figure.CONNECTION_CPU.seconds() / nodes
                + shape.deliveriesPerSecond(connections) * Figure.WRITE_CPU.seconds() / nodes
                + heard * Figure.RECEIVE_CPU.seconds()
                + publications * Figure.PUBLISH_CPU.seconds() / nodes;
    }

    /** Of a node's container: resident memory, logs, and the kernel's sockets. */
    private double memory(long connections, Shape shape, int nodes) {
        double each = Figure.CONNECTION_RESIDENT.bytes()
                + Figure.CONNECTION_KERNEL.bytes()
                + targets.stuck() * Figure.STUCK_KERNEL.bytes();
        // Twice the live heap, as a collector takes it.
        double topics = 2 * topicsPerNode(connections, shape, nodes) * Figure.TOPIC_HEAP.bytes();
        return Figure.NODE_RESIDENT.bytes() + size.logBytes() + connections * each / nodes + topics;
    }

    private double heap(long connections, Shape shape, int nodes) {
        return size.logBytes()
                + connections * Figure.CONNECTION_HEAP.bytes() / nodes
                + topicsPerNode(connections, shape, nodes) * Figure.TOPIC_HEAP.bytes();
    }

    private static double topicsPerNode(long connections, Shape shape, int nodes) {
        return shape.topics(connections) * Placement.nodesWith(shape.subscribers(connections), nodes) / nodes;
    }

    private static double bits(long connections, Shape shape) {
        return shape.deliveriesPerSecond(connections) * (shape.payload() + AROUND) * 8;
    }

    /** The least number that is enough; more nodes never make it worse for one of them. */
    private static int nodes(IntPredicate enough) {
        if (!enough.test(MOST_NODES)) throw new IllegalArgumentException("more than a million nodes can't carry this");
        int low = 1;
        int high = MOST_NODES;
        while (low < high) {
            int middle = (low + high) / 2;
            if (enough.test(middle)) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
