package io.fanwire.loadtest.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a connection failed, in words that many failures share. */
final class Cause {
    private static final Pattern EXCEPTION = Pattern.compile("[\\w.$]+(?:Exception|Error): (.*)");

    private Cause() {}

    /** Of a socket's own words: without the exception's class. */
    static String of(String why) {
        Matcher exception = EXCEPTION.matcher(why);
        return exception.matches() ? exception.group(1) : why;
    }
}
