package io.fanwire.loadtest.terminal;

import io.fanwire.client.Start;
import io.fanwire.loadtest.DurationConverter;
import io.fanwire.protocol.Position;
import java.time.Instant;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a subscription at the terminal begins.
 *
 * @param isOfOneTopic whether it makes no sense for any other topic
 */
record Since(Start start, boolean isOfOneTopic) {
    /** Reads {@code beginning}, {@code 5m}, {@code last:10} and positions. */
    static final class Converter implements ITypeConverter<Since> {
        private static final String LAST = "last:";
        private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");
        private static final Pattern DURATION = Pattern.compile("\\d+[a-z]+");

        @Override
        public Since convert(String text) {
            if (text.equals("beginning")) return new Since(Start.beginning(), false);
            if (text.startsWith(LAST)) return last(text.substring(LAST.length()), text);
            if (DURATION.matcher(text).matches()) return ago(text);
            return position(text);
        }

        private static Since last(String count, String text) {
            if (!COUNT.matcher(count).matches()) throw wrong(text);
            return new Since(Start.last(Integer.parseInt(count)), false);
        }

        private static Since ago(String text) {
            return new Since(Start.since(Instant.now().minus(new DurationConverter().convert(text))), false);
        }

        private static Since position(String text) {
            try {
                return new Since(Start.after(Position.parse(text)), true);
            } catch (IllegalArgumentException e) {
                throw wrong(text);
            }
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException(
                    "\"" + text + "\" is none like beginning, 5m, last:10 or a position such as gkds6v1o0-42");
        }
    }
}
