package io.fanwire.bench.scenario;

import io.fanwire.bench.peer.Peer;
import io.fanwire.harness.LiveHeap;
import io.fanwire.loadtest.measure.ProcessUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A node's memory after a full collection.
 *
 * @param socketBytes in the kernel for TCP, of the whole machine: no process has it on its account
 */
record Footprint(long heapBytes, long residentBytes, long socketBytes) {
    private static final Path SOCKETS = Path.of("/proc/net/sockstat");
    private static final long PAGE_BYTES = 4096;

    static Footprint of(Peer peer) {
        long heap = LiveHeap.of(peer.pid()).bytes();
        return new Footprint(heap, ProcessUsage.of(peer.pid()).residentBytes(), machineSockets());
    }

    private static long machineSockets() {
        try {
            List<String> lines = Files.readAllLines(SOCKETS);
            return lines.stream()
                    .filter(line -> line.startsWith("TCP:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) * PAGE_BYTES)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("no account of sockets", e);
        }
    }

    @Override
    public String toString() {
        return "heap %s, resident %s, sockets %s"
                .formatted(
                        Findings.mebibytes(heapBytes),
                        Findings.mebibytes(residentBytes),
                        Findings.mebibytes(socketBytes));
    }
}
