/**
 * Measures the engine of a node. Knows JMH and the command line of the measurements; the benchmarks of a package's
 * pieces stand in a package of the same name, for most of the pieces are not public.
 */
@NullMarked
package io.fanwire.bench;

import org.jspecify.annotations.NullMarked;
