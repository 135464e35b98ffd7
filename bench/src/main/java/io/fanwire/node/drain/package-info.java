/** What the simulation of storms takes from a node: its own waves of goodbyes. */
@NullMarked
package io.fanwire.node.drain;

import org.jspecify.annotations.NullMarked;
