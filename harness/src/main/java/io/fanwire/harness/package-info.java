@NullMarked
package io.fanwire.harness;

import org.jspecify.annotations.NullMarked;
