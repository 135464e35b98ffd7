package io.fanwire.loadtest.load;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the user asked for, to be kept with the result. */
final class Given {
    private Given() {}

    /** As it was typed. */
    static String commandLine(CommandSpec spec) {
        return "fanwire " + String.join(" ", typed(spec));
    }

    /** The scenario and its options, for another process' load command. */
    static List<String> scenario(CommandSpec spec) {
        List<String> words = typed(spec);
        return words.subList(words.indexOf(spec.name()), words.size());
    }

    private static List<String> typed(CommandSpec spec) {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    /** Every option with its value, defaults included. */
    static SortedMap<String, String> settings(CommandSpec spec) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            if (value == null || option.usageHelp() || option.versionHelp()) continue;
            if (value instanceof List<?> list && list.isEmpty()) continue;
            settings.put(option.longestName(), value instanceof Duration time ? text(time) : String.valueOf(value));
        }
        return settings;
    }

    /** As {@link io.fanwire.loadtest.DurationConverter} reads it. */
    private static String text(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
