/**
 * The servers that are measured, each a process of its own, and how their clients talk: Fanwire's node, nats-server, and
 * the floor, which does nothing but the writes.
 */
@NullMarked
package io.fanwire.bench.peer;

import org.jspecify.annotations.NullMarked;
