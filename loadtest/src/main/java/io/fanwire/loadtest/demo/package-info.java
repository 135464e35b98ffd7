/**
 * A cluster on this machine with live traffic, every message of which is accounted for. Knows the harness and the
 * client; knows nothing of the node but its ports and metrics.
 */
@NullMarked
package io.fanwire.loadtest.demo;

import org.jspecify.annotations.NullMarked;
