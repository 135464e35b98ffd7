package io.fanwire.node.session;

import io.fanwire.protocol.v1.Connect;

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

    /** What a client wishes that has this to say. */
    static Pulse of(Connect wishes) {
        return wishes.getHeartbeatByPing() ? PINGS : EVENTS;
    }

    abstract void beat(Outbox outbox, Connection connection);

    boolean pongsCount() {
        return pongsCount;
    }
}
