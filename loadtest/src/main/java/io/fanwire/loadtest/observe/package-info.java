/** What nodes say of themselves while they are loaded. Knows their metrics; knows neither clients nor results' files. */
@NullMarked
package io.fanwire.loadtest.observe;

import org.jspecify.annotations.NullMarked;
