/**
 * What can be done to a cluster, as one process does its share of it. Knows clients and what they count; knows neither
 * the command line nor the other processes.
 */
@NullMarked
package io.fanwire.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
