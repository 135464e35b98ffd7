/**
 * Makes one HTML page of the results of some runs, which needs nothing but itself. Decides what the page says and plots;
 * how it looks is said by the templates, the style sheet and the script beside it. Knows results, not how they come.
 */
@NullMarked
package io.fanwire.loadtest.report;

import org.jspecify.annotations.NullMarked;
