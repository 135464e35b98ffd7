/** Puts a node together by hand and runs it. Knows every other package; no other package knows it. */
@NullMarked
package io.fanwire.node;

import org.jspecify.annotations.NullMarked;
