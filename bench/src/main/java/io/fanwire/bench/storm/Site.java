package io.fanwire.bench.storm;

/** One node: its clients, its door, and who still believes in it. One thread. */
final class Site {
    final Roster clients = new Roster();
    final Door door;
    /** Its process runs. */
    boolean alive = true;
    /** Nobody answers for it, not even to say that it is gone. */
    boolean silent;
    /** It lets nobody in any more. */
    boolean draining;
    /** The Service sends clients to it. */
    boolean routed = true;

    Site(DoorConfig config, long nowNanos) {
        door = new Door(config, nowNanos);
    }
}
