package io.fanwire.loadtest.result;

/**
 * What a node said of itself at one moment.
 *
 * @param at seconds since the start of the measured time; negative before it
 * @param cpuCores CPU since the sample before, in cores
 * @param residentBytes of the process; 0 if it does not know
 * @param heapBytes in use
 * @param deliveries since its start
 * @param historyReads of Redis, since its start
 * @param openFiles sockets among them
 */
public record NodeSample(
        double at,
        double cpuCores,
        long residentBytes,
        long heapBytes,
        long connections,
        long deliveries,
        long historyReads,
        long openFiles) {}
