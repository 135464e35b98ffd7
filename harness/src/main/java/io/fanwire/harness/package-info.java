/**
 * Starts and breaks the real parts of a cluster: a Redis and node processes, for the demo, the load tool and tests.
 * Knows operating system processes, signals and ports; knows neither the protocol nor the node's code.
 */
@NullMarked
package io.fanwire.harness;

import org.jspecify.annotations.NullMarked;
