@NullMarked
package io.fanwire.client;

import org.jspecify.annotations.NullMarked;
