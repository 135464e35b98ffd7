/** What is measured: each scenario starts its servers, lets clients do one thing to them, and says what it cost. */
@NullMarked
package io.fanwire.bench.scenario;

import org.jspecify.annotations.NullMarked;
