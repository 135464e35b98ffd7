package io.fanwire.node.namespace;

/** What an acknowledged publication has survived. */
public enum Durability {
    /** Redis has it in memory, and on disk as its own settings say. */
    ACKNOWLEDGED,
    /** At least one replica of Redis has it too. Costs a round trip between Redis and its replica. */
    REPLICATED
}
