/**
 * Crowds that lose their connections and come back, in virtual time: the client decides when, a node whom it takes, both
 * by their own code. Knows neither sockets nor threads; what handshakes cost is measured elsewhere.
 */
@NullMarked
package io.fanwire.bench.storm;

import org.jspecify.annotations.NullMarked;
