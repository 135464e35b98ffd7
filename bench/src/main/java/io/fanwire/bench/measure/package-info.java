/** What happens between two moments, and for how long a JVM stands still. */
@NullMarked
package io.fanwire.bench.measure;

import org.jspecify.annotations.NullMarked;
