/**
 * The Java client: connects to any of several nodes, reconnects, subscribes again, removes duplicates and tells every
 * gap. Knows the protocol and the JDK's WebSocket; knows nothing of nodes, Redis or Jetty.
 *
 * <p><b>Threads.</b> Everything that changes in a client is owned by its {@code Loop}, which runs one task at a time.
 * Callers and sockets only hand work to the loop; listeners are called on it. A loop is no thread: the loops of all
 * clients of a JVM share a few daemon threads, so a thousand clients cost no more threads than one.
 */
@NullMarked
package io.fanwire.client;

import org.jspecify.annotations.NullMarked;
