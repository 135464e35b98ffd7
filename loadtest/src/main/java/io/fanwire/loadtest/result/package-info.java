/**
 * What a run has measured, and the file that keeps it. Values only: knows neither clients nor nodes.
 */
@NullMarked
package io.fanwire.loadtest.result;

import org.jspecify.annotations.NullMarked;
