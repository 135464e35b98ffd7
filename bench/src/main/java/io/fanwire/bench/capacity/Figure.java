package io.fanwire.bench.capacity;

/** What was measured, and what it stands for in the model. The one table for the model and for docs/capacity.md. */
public enum Figure {
    NODE_RESIDENT(190, "MB", "an empty node, resident", "bench idle", "188"),
    CONNECTION_RESIDENT(8.8, "KB", "an idle connection, resident", "bench idle", "5.6 to 8.8, once 10.1"),
    CONNECTION_HEAP(3.75, "KB", "an idle connection with a subscription, live heap", "bench idle", "3.68 to 3.75"),
    CONNECTION_KERNEL(4, "KB", "an idle connection, the kernel's objects", "bench sockets", "3.5 to 4.3"),
    TOPIC_HEAP(1.06, "KB", "a topic with a publication in its log, live heap", "bench topics", "0.72 without"),
    STUCK_KERNEL(
            300,
            "KB",
            "a client that does not read, buffers of the node's socket",
            "bench bad",
            "405 to 463 of both ends"),
    CONNECTION_CPU(1.8, "µs/s", "an idle connection with heartbeats", "bench idle", "1.4 to 1.8"),
    WRITE_CPU(12, "µs", "a delivery in a write of its own, 128 B", "bench fanout", "9.3 to 13.4"),
    DELIVERY_CPU(0.077, "µs", "a delivery among 250 in a write, 128 B", "bench fanout", "0.068 to 0.077"),
    HANDSHAKE_CPU(0.3, "ms", "a handshake that is accepted", "bench handshakes", "0.13 to 0.29, paced 0.7"),
    REFUSAL_CPU(0.11, "ms", "a handshake that is refused with 503", "bench refusals", "0.08 to 0.11, cold 0.25"),
    SUBSCRIBE_CPU(52, "µs", "a subscription that goes to Redis", "bench bad", "51.5"),
    PUBLISH_CPU(
            54,
            "µs",
            "a publication on the node that publishes",
            "bench redis --publishers 1",
            "54, 242 on a busy machine"),
    RECEIVE_CPU(10, "µs", "a publication on each node that hears it", "bench redis --publishers 1", "0.5 to 13"),
    REDIS_HISTORY_CPU(18, "µs", "a publication in Redis, with history", "bench redis", "17.6 to 17.8"),
    REDIS_PLAIN_CPU(13, "µs", "a publication in Redis, without history", "bench redis", "10.7 to 13.8"),
    REDIS_COPY_CPU(0.4, "µs", "each node that hears it, many in a write", "bench redis", "0.18 to 0.53"),
    REDIS_WRITE_CPU(7, "µs", "a write of Redis to a node", "bench redis", "5.0 to 11.2"),
    REDIS_COMPARE_CPU(12, "µs", "a node's comparison of a quiet topic, in Redis", "bench redis-quiet", "10 to 13"),
    REDIS_TOPIC_PLAIN(0.22, "KB", "a topic in Redis, without history", "bench redis-memory", "0.22"),
    REDIS_TOPIC_HISTORY(
            4.55, "KB", "a topic in Redis, with a history of up to ten", "bench redis-memory", "4.54 to 4.55"),
    REDIS_COPY_BYTES(218, "B", "each node that hears it, out of Redis, 128 B", "bench redis", "218 to 219");

    private final double value;
    private final String unit;
    private final String meaning;
    private final String command;
    private final String measured;

    Figure(double value, String unit, String meaning, String command, String measured) {
        this.value = value;
        this.unit = unit;
        this.meaning = meaning;
        this.command = command;
        this.measured = measured;
    }

    /** In its {@link #unit}. */
    public double value() {
        return value;
    }

    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    /** What measures it, behind {@code ./fanwire}. */
    public String command() {
        return command;
    }

    /** What runs gave. */
    public String measured() {
        return measured;
    }

    /** Of a time: in seconds. */
    double seconds() {
        return switch (unit) {
            case "ms" -> value / 1e3;
            case "µs", "µs/s" -> value / 1e6;
            default -> throw new IllegalStateException(this + " is no time");
        };
    }

    /** Of a size: in bytes. */
    double bytes() {
        return switch (unit) {
            case "B" -> value;
            case "KB" -> value * 1_024;
            case "MB" -> value * 1_024 * 1_024;
            default -> throw new IllegalStateException(this + " is no size");
        };
    }
}
