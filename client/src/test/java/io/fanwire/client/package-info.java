/** Tests of the client against a scripted node on a real socket, and of its parts by themselves. */
@NullMarked
package io.fanwire.client;

import org.jspecify.annotations.NullMarked;
