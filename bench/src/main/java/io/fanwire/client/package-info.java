/** What the simulation of storms takes from the Java client: its own decision when to come back. */
@NullMarked
package io.fanwire.client;

import org.jspecify.annotations.NullMarked;
