/**
 * Delivers a topic's publications to its subscribers on this node: the shared log, the cursors and who waits for what.
 * Knows topics, positions and subscribers; knows neither sockets nor Redis.
 */
@NullMarked
package io.fanwire.node.topic;

import org.jspecify.annotations.NullMarked;
