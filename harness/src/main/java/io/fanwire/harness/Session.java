package io.fanwire.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts children into a session of their own. Otherwise a terminal's Ctrl-C would reach them at the same moment as this
 * JVM, and Redis would be gone before the nodes have said goodbye.
 */
final class Session {
    private static final Optional<Path> SETSID = SearchPath.find("setsid");

    private Session() {}

    /** The command in its own session where {@code setsid} is installed; it keeps the process id. */
    static List<String> own(List<String> command) {
        return SETSID.map(setsid -> Stream.concat(Stream.of(setsid.toString()), command.stream())
                        .toList())
                .orElse(command);
    }
}
