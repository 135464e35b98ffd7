/**
 * What clients and nodes agree on: topic grammar, positions, limits and close codes. The messages themselves are
 * generated into {@code io.fanwire.protocol.v1}. Knows neither sockets nor threads.
 */
@NullMarked
package io.fanwire.protocol;

import org.jspecify.annotations.NullMarked;
