/**
 * The cheapest client that can be had: thousands of WebSockets on one thread, messages read in place, nothing allocated
 * for one. For measuring; what it does not do is be comfortable. Knows the wire; knows neither scenarios nor results.
 */
@NullMarked
package io.fanwire.loadtest.wire;

import org.jspecify.annotations.NullMarked;
