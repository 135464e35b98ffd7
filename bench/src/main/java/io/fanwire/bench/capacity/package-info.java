/**
 * How many nodes a number of connections needs, and what that asks of Redis: arithmetic on measured figures. Knows
 * neither sockets nor time.
 */
@NullMarked
package io.fanwire.bench.capacity;

import org.jspecify.annotations.NullMarked;
