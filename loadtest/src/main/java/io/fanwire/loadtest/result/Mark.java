package io.fanwire.loadtest.result;

/**
 * Something that was done on purpose while a run went on, such as a fault.
 *
 * @param at seconds since the start of the measured time
 * @param label for example {@code kill node 2}
 */
public record Mark(double at, String label) {}
