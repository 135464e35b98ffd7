package io.fanwire.node.session;

/** How a client is asked whether it is there, and what counts as its answer. */
enum Pulse {
    /** By the protocol's own heartbeats: only the client itself can answer. */
    EVENTS(false) {
        @Override
        void beat(Outbox outbox, Connection connection) {
            outbox.add(Replies.HEARTBEAT);
            outbox.flush();
        }
    },
    /** By WebSocket pings, for clients that can't do better: a proxy may answer for one that is gone. */
    PINGS(true) {
        @Override
        void beat(Outbox outbox, Connection connection) {
            connection.ping();
        }
    };

    private final boolean pongsCount;

    Pulse(boolean pongsCount) {
        this.pongsCount = pongsCount;
    }

    abstract void beat(Outbox outbox, Connection connection);

    boolean pongsCount() {
        return pongsCount;
    }
}
