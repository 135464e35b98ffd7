package io.fanwire.bench.peer;

/** Starts the servers that Fanwire is measured against. */
public final class Peers {
    private Peers() {}

    /** Whether a nats-server is installed. */
    public static boolean hasNats() {
        return NatsPeer.program().isPresent();
    }

    /** @throws io.fanwire.harness.HarnessException if it is not installed or does not start */
    public static Peer nats() {
        return NatsPeer.start();
    }

    /**
     * Nothing but the writes; begins when the last client has come.
     *
     * @param batch publications in one message
     * @param rate publications per second; 0 for as many as the sockets take
     */
    public static Peer floor(int clients, int payloadBytes, int batch, int rate) {
        return FloorPeer.start(clients, payloadBytes, batch, rate);
    }

    /** One process between two sockets: hands on what a client publishes, to every other client. */
    public static Peer relay() {
        return FloorPeer.relay();
    }
}
