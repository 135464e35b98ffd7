package io.fanwire.bench.capacity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A large number, written {@code 100k} or {@code 10m}. */
public record Count(long number) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([km]?)");

    /** @throws IllegalArgumentException for anything else */
    public static Count parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) throw new IllegalArgumentException("must be a number such as 100k or 10m: " + text);
        long unit = switch (matcher.group(2)) {
            case "k" -> 1_000;
            case "m" -> 1_000_000;
            default -> 1;
        };
        return new Count(Long.parseLong(matcher.group(1)) * unit);
    }

    /** As a part of a file's name. */
    public String slug() {
        return number % 1_000_000 == 0
                ? number / 1_000_000 + "m"
                : number % 1_000 == 0 ? number / 1_000 + "k" : "" + number;
    }

    /** Such as {@code 100,000}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** For options. */
    public static final class Converter implements ITypeConverter<Count> {
        @Override
        public Count convert(String value) {
            try {
                return parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
