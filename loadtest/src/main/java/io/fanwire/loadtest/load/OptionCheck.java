package io.fanwire.loadtest.load;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What several commands demand of their options. */
final class OptionCheck {
    private OptionCheck() {}

    /** @throws ParameterException unless the value is between 1 and {@code max} */
    static void upTo(int max, String option, int value, CommandSpec spec) {
        if (value < 1 || value > max) throw wrong(option + " must be between 1 and " + max + ": " + value, spec);
    }

    /** @throws ParameterException if the file can't be written, which is better known before a run than after it */
    static void writable(String option, @Nullable Path file, CommandSpec spec) {
        if (file == null) return;
        Path target = Files.exists(file) ? file : file.toAbsolutePath().getParent();
        if (target == null || !Files.isWritable(target))
            throw wrong(option + ": " + target + " can't be written to", spec);
        if (Files.isDirectory(file)) throw wrong(option + ": " + file + " is a directory", spec);
    }

    /** What to throw at a user. */
    static ParameterException wrong(String message, CommandSpec spec) {
        return new ParameterException(spec.commandLine(), message);
    }
}
