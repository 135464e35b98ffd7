package io.fanwire.loadtest.chaos;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Nodes and their Redis, as something that can be broken. For one thread at a time.
 *
 * <p>Every method that does something to a part blocks until it is done, for at most a minute or the grace period, and
 * throws a {@link RuntimeException} with one line for the user if it can't be done.
 */
public interface Cluster extends AutoCloseable {
    /** For WebSocket clients: of the nodes, or of a load balancer. */
    List<URI> urls();

    /** The same for clients that no fault may keep away, such as publishers while subscribers are offline. */
    default List<URI> steadyUrls() {
        return urls();
    }

    /** The nodes' admin ports, such as {@code http://127.0.0.1:9090}; may be empty. */
    List<URI> metrics();

    /** Whether it is there and runs; a paused one does. */
    boolean isRunning(Part part);

    /** It gets no chance to say goodbye. */
    void kill(Part part);

    /** Starts one that was killed or drained. Redis has forgotten everything. */
    void start(Part part);

    /** Starts a Redis that was killed, with everything that it knew. */
    void restore(Part part);

    /** It freezes; its kernel still acknowledges what others send. */
    void pause(Part part);

    void resume(Part part);

    /**
     * Asks it to end; it is killed if that takes longer than the grace period.
     *
     * @return completes when it has ended. Behind a Service that is later, as other things happen while pods end; else it
     *     is waited for here
     */
    CompletableFuture<Departure> drain(Part part);

    /** Takes it off the network: what others send is lost. */
    void disconnect(Part part);

    /** Of clients, what they had is reset, and they have to connect again. */
    void reconnect(Part part);

    /** Says a command to Redis, and returns the lines of its answer. */
    List<String> redis(String... words);

    /** Redis' replica gets nothing more. */
    void detachReplica();

    /** Kills Redis; its replica takes its place, at the same address, with what it knows. */
    void promoteReplica();

    @Override
    void close();
}
