/**
 * The account of every message: what was acknowledged against what each subscriber got. Values only: knows neither
 * clients nor nodes.
 */
@NullMarked
package io.fanwire.loadtest.ledger;

import org.jspecify.annotations.NullMarked;
