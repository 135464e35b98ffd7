/** Token buckets: how often something may happen. Knows neither what happens nor whose it is. */
@NullMarked
package io.fanwire.node.rate;

import org.jspecify.annotations.NullMarked;
