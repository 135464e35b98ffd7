/**
 * Runs work on single-threaded event loops with timers. Knows tasks and time; knows nothing of what the tasks do.
 */
@NullMarked
package io.fanwire.node.lane;

import org.jspecify.annotations.NullMarked;
