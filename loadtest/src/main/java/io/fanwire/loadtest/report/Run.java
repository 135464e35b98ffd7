package io.fanwire.loadtest.report;

import io.fanwire.loadtest.result.RunResult;

/**
 * One of the runs of a page.
 *
 * @param name what the page calls it
 */
public record Run(String name, RunResult result) {}
