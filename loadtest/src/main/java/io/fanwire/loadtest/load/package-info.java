/**
 * The load tool's command line, and the course of a run: start, measure, judge, tell. Puts the other packages together;
 * nobody knows it.
 */
@NullMarked
package io.fanwire.loadtest.load;

import org.jspecify.annotations.NullMarked;
