package io.fanwire.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel uses itself, of the whole machine, from {@code /proc/meminfo}.
 *
 * @param slabBytes of its objects: sockets, files, directory entries
 */
public record KernelMemory(long slabBytes) {
    public static KernelMemory now() {
        try {
            return Files.readString(Path.of("/proc/meminfo"))
                    .lines()
                    .filter(line -> line.startsWith("Slab:"))
                    .map(line -> new KernelMemory(Long.parseLong(line.replaceAll("\\D", "")) * 1024))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("/proc/meminfo does not tell of slabs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
