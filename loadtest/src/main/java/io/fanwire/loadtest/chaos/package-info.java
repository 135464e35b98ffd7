/**
 * Faults as a plan: what happens to a cluster, when, and by whose hand. Knows plans, nodes as processes or containers,
 * and clients that behave badly; knows neither the traffic meanwhile nor what becomes of it.
 */
@NullMarked
package io.fanwire.loadtest.chaos;

import org.jspecify.annotations.NullMarked;
