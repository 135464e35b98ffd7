@NullMarked
package io.fanwire.loadtest;

import org.jspecify.annotations.NullMarked;
