/**
 * Listens on the client port and carries messages between sockets and sessions: the only user of Jetty. Knows
 * connections and frames; knows neither topics nor Redis.
 */
@NullMarked
package io.fanwire.node.socket;

import org.jspecify.annotations.NullMarked;
