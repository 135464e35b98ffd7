/** Draws curves as SVG: the same numbers make the same file. Knows nothing of what they mean. */
@NullMarked
package io.fanwire.bench.plot;

import org.jspecify.annotations.NullMarked;
