/**
 * Carries publications between nodes through Redis. Knows Redis, topics, positions and encoded publications; knows
 * neither sessions nor sockets of clients. The only package that knows Lettuce.
 */
@NullMarked
package io.fanwire.node.backplane.redis;

import org.jspecify.annotations.NullMarked;
