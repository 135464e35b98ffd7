/** Says goodbye to clients in paced waves when a node stops. Knows sessions, and nothing of sockets. */
@NullMarked
package io.fanwire.node.drain;

import org.jspecify.annotations.NullMarked;
