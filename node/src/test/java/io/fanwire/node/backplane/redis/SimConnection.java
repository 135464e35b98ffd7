package io.fanwire.node.backplane.redis;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;

/**
 * One TCP connection to the simulated Redis: requests on their way to it, and what it sends on its way back, each in
 * order. The simulation decides when each goes on.
 */
final class SimConnection {
    private final Queue<Runnable> toServer = new ArrayDeque<>();
    private final Queue<Runnable> toNode = new ArrayDeque<>();
    private final Random random;
    private boolean broken;

    SimConnection(Random random) {
        this.random = random;
    }

    /** The node sends something that the server will do. */
    void send(Runnable work) {
        if (!broken) toServer.add(work);
    }

    /** The server sends something that the node will hear. */
    void answer(Runnable work) {
        if (!broken) toNode.add(work);
    }

    boolean isBroken() {
        return broken;
    }

    /** What is on its way is lost; perhaps the server still does what has reached it. */
    void breakOff() {
        while (!toServer.isEmpty() && random.nextBoolean()) toServer.remove().run();
        broken = true;
        toServer.clear();
        toNode.clear();
    }

    /** Goes on with one thing, in a direction that chance decides. @return whether there was any */
    boolean step() {
        boolean inwards = toServer.isEmpty() || !toNode.isEmpty() && random.nextBoolean();
        Runnable next = inwards ? toNode.poll() : toServer.poll();
        if (next != null) next.run();
        return next != null;
    }
}
