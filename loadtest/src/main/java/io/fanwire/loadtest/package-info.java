/** The command line: {@code demo}, {@code sub}, {@code pub} and {@code load}. Knows its subcommands and exit codes. */
@NullMarked
package io.fanwire.loadtest;

import org.jspecify.annotations.NullMarked;
