/** The clients of a measurement: crowds that subscribe, publishers that keep a rate or saturate. Knows no server. */
@NullMarked
package io.fanwire.bench.load;

import org.jspecify.annotations.NullMarked;
