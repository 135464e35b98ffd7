/** A client at the terminal: prints what it receives and publishes what it is told. Knows the client, no server. */
@NullMarked
package io.fanwire.loadtest.terminal;

import org.jspecify.annotations.NullMarked;
