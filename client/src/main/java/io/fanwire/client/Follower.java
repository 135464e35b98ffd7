package io.fanwire.client;

/** Works over whatever connection there is. Called on the loop. */
interface Follower {
    /** A node has accepted this connection. */
    void connected(Connection connection);

    /** It is gone, and with it every reply that was still to come. */
    void disconnected();

    /** There will be no other. The last call. */
    void closed(ClientClosedException why);
}
