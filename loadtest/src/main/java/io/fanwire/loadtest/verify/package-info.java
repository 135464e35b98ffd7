/**
 * The scenario that accounts for every message: publishers and subscribers that use the client library as an
 * application does, and write down what was acknowledged and what came. Knows the client library; knows neither the
 * command line nor what a ledger makes of it.
 */
@NullMarked
package io.fanwire.loadtest.verify;

import org.jspecify.annotations.NullMarked;
