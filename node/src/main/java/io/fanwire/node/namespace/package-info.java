/**
 * Says what holds for the topics of a namespace: history, resume, what becomes of slow subscribers, payloads and
 * durability. Knows names and limits; does nothing.
 */
@NullMarked
package io.fanwire.node.namespace;

import org.jspecify.annotations.NullMarked;
