package io.fanwire.bench.storm;

/**
 * How many clients a node can let in.
 *
 * @param handshakeRate a second: {@code limits.handshake-rate}
 * @param pending that may wait: {@code limits.pending-handshakes}
 * @param cores that are left for it beside the node's other work
 * @param acceptMillis CPU of a handshake with what follows, up to the first subscription
 * @param refuseMillis CPU of a refused one
 */
public record DoorConfig(int handshakeRate, int pending, double cores, double acceptMillis, double refuseMillis) {
    public DoorConfig {
        if (handshakeRate < 1 || pending < 1 || cores <= 0 || acceptMillis <= 0 || refuseMillis <= 0) {
            throw new IllegalArgumentException("a door needs a rate, room and CPU");
        }
    }

    public DoorConfig withHandshakeRate(int perSecond) {
        return new DoorConfig(perSecond, pending, cores, acceptMillis, refuseMillis);
    }
}
