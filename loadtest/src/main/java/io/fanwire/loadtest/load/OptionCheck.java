package io.fanwire.loadtest.load;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What several commands demand of their options. */
final class OptionCheck {
    private OptionCheck() {}

    /** @throws ParameterException unless the value is between 1 and {@code max} */
    static void upTo(int max, String option, int value, CommandSpec spec) {
        if (value < 1 || value > max) throw wrong(option + " must be between 1 and " + max + ": " + value, spec);
    }

    /** What to throw at a user. */
    static ParameterException wrong(String message, CommandSpec spec) {
        return new ParameterException(spec.commandLine(), message);
    }
}
