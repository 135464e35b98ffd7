/**
 * Carries publications between nodes: the port, its errors and the in-process implementation. Knows topics, positions
 * and encoded publications; knows neither sessions nor sockets.
 */
@NullMarked
package io.fanwire.node.backplane;

import org.jspecify.annotations.NullMarked;
