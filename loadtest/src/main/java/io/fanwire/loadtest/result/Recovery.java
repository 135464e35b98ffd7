package io.fanwire.loadtest.result;

import org.jspecify.annotations.Nullable;

/**
 * How subscribers got over a fault.
 *
 * @param at when it ended, or happened, in seconds since the start of the measured time
 * @param fault for example {@code resume redis}
 * @param seconds from then until every subscriber had, or was told to miss, what had been acknowledged up to then; null
 *     if that was not so when the run ended
 */
public record Recovery(double at, String fault, @Nullable Double seconds) {}
