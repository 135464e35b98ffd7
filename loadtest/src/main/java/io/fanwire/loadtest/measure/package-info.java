/** What the operating system and the JVM say about a process, and the tables that come of it. */
@NullMarked
package io.fanwire.loadtest.measure;

import org.jspecify.annotations.NullMarked;
