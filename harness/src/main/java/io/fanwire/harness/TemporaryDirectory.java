package io.fanwire.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A directory for a process's files, deleted with it. */
record TemporaryDirectory(Path path) {
    static TemporaryDirectory create(String prefix) {
        try {
            Path path = Files.createTempDirectory(prefix);
            path.toFile().deleteOnExit();
            return new TemporaryDirectory(path);
        } catch (IOException e) {
            throw new HarnessException("no temporary directory can be created: " + e.getMessage(), e);
        }
    }

    /** Deletes it with all that is in it. May be called again. */
    void delete() {
        if (Files.exists(path)) deleteAll(true);
    }

    /** Deletes all that is in it. */
    void empty() {
        deleteAll(false);
    }

    private void deleteAll(boolean itself) {
        try {
            for (Path file : deepestFirst()) {
                if (itself || !file.equals(path)) Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new HarnessException(path + " can't be deleted: " + e.getMessage(), e);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (var files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
