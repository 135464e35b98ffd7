package io.fanwire.loadtest.result;

/**
 * One row of the final table.
 *
 * @param unit for example {@code /s}, {@code ms} or {@code µs}; empty for a plain number
 */
public record Figure(String name, double value, String unit) {}
