package io.fanwire.bench.capacity;

/** What was measured, and what it stands for in the model. The one table for the model and for docs/capacity.md. */
public enum Figure {
    NODE_RESIDENT(150, "MB", "an empty node, resident", "bench idle"),
    CONNECTION_RESIDENT(8.8, "KB", "an idle connection, resident, the highest of most runs", "bench idle"),
    CONNECTION_HEAP(3.75, "KB", "an idle connection with one subscription, live heap", "bench idle"),
    CONNECTION_KERNEL(4.0, "KB", "an idle connection, the kernel's objects", "bench sockets"),
    TOPIC_HEAP(1.06, "KB", "a topic with a publication in its log, live heap", "bench topics"),
    STUCK_KERNEL(450, "KB", "a client that does not read, socket buffers", "bench bad"),
    CONNECTION_CPU(1.8, "µs/s", "an idle connection with heartbeats", "bench idle"),
    WRITE_CPU(12, "µs", "a delivery in a write of its own, 128 B", "bench fanout"),
    DELIVERY_CPU(0.077, "µs", "a delivery among 250 in one write, 128 B", "bench fanout"),
    HANDSHAKE_CPU(0.3, "ms", "an accepted handshake, flat out", "bench handshakes"),
    SUBSCRIBE_CPU(52, "µs", "a subscription that goes to Redis", "bench bad"),
    REFUSAL_CPU(0.15, "ms", "a handshake refused with 503", "bench refusals"),
    PUBLISH_CPU(20, "µs", "a publication on the node that publishes it", "bench redis"),
    RECEIVE_CPU(5, "µs", "a publication on each node that hears it", "bench redis"),
    REDIS_HISTORY_CPU(20, "µs", "a publication in Redis, with history", "bench redis"),
    REDIS_PLAIN_CPU(12, "µs", "a publication in Redis, without history", "bench redis"),
    REDIS_COPY_CPU(0.2, "µs", "each node that hears it, in Redis, among others in one write", "bench redis"),
    REDIS_WRITE_CPU(7, "µs", "a write of Redis to a node", "bench redis"),
    REDIS_COPY_BYTES(230, "B", "each node that hears it, out of Redis, payload of 128 B", "bench redis");

    private final double value;
    private final String unit;
    private final String meaning;
    private final String command;

    Figure(double value, String unit, String meaning, String command) {
        this.value = value;
        this.unit = unit;
        this.meaning = meaning;
        this.command = command;
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
