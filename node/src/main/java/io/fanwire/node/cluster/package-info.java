/** What nodes know of each other, and how load is made even between them. Knows no Redis. */
@NullMarked
package io.fanwire.node.cluster;

import org.jspecify.annotations.NullMarked;
