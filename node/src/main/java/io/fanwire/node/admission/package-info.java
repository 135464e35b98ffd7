/** Decides who may come in: limits, rates, and what load the node can still bear. Knows neither sockets nor sessions. */
@NullMarked
package io.fanwire.node.admission;

import org.jspecify.annotations.NullMarked;
