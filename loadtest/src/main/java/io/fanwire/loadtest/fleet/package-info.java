/**
 * Several load processes that agree on a start, share the work, and give their parts of the result to one of them. Knows
 * the wire between them; knows no scenario.
 */
@NullMarked
package io.fanwire.loadtest.fleet;

import org.jspecify.annotations.NullMarked;
