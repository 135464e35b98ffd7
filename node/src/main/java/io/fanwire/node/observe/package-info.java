/** Shows operators how the node is: the admin port and its metrics. Knows what to ask; changes nothing. */
@NullMarked
package io.fanwire.node.observe;

import org.jspecify.annotations.NullMarked;
