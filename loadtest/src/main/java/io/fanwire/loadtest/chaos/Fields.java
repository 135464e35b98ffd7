package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** The fields of one mapping in a plan. Whatever they should be and are not is told with file and line. */
final class Fields {
    private static final DurationConverter DURATIONS = new DurationConverter();
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Path file;
    private final Value.Mapping mapping;

    private Fields(Path file, Value.Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    /** @param what it should be, such as {@code a step like {at: 20s, kill: node 2}} */
    static Fields of(Path file, Value value, String what) {
        if (value instanceof Value.Mapping mapping) return new Fields(file, mapping);
        throw wrong(file, value.line(), "here should be " + what);
    }

    Set<String> names() {
        return mapping.entries().keySet();
    }

    /** Refuses all others. */
    void allow(Collection<String> names) {
        mapping.entries().forEach((name, value) -> {
            if (!names.contains(name))
                throw wrong(value, "unknown field \"" + name + "\"; allowed are " + String.join(", ", names));
        });
    }

    /**
     * What there is of a field that may be left out.
     *
     * @param read takes the field's name, and reads it
     */
    <T> Optional<T> find(String name, Function<String, T> read) {
        return names().contains(name) ? Optional.of(read.apply(name)) : Optional.empty();
    }

    /**
     * A mapping inside of this one, which may be left out.
     *
     * @param what it should be, as for {@link #of}
     */
    Optional<Fields> mapping(String name, String what) {
        return find(name, each -> of(file, value(each, ""), what));
    }

    Value value(String name, String example) {
        Value value = mapping.entries().get(name);
        if (value == null) throw wrong("\"" + name + "\" is missing, such as " + name + ": " + example);
        return value;
    }

    String text(String name, String example) {
        Value value = value(name, example);
        if (value instanceof Value.Text text) return text.text();
        throw wrong(value, "\"" + name + "\" should be like " + example);
    }

    List<Value> items(String name, String example) {
        Value value = value(name, example);
        if (value instanceof Value.Sequence sequence) return sequence.items();
        throw wrong(value, "\"" + name + "\" should be a list of " + example);
    }

    /** From 1 to the most. */
    int number(String name, int most, int example) {
        String text = text(name, Integer.toString(example));
        // No sign, and not more digits than an int surely has.
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= most)
            return Integer.parseInt(text);
        throw wrong(value(name, ""), "\"" + name + "\" must be a number from 1 to " + most + ": " + text);
    }

    /** False if it isn't there. */
    boolean flag(String name) {
        return find(name, this::isTrue).orElse(false);
    }

    private boolean isTrue(String name) {
        String text = text(name, "true");
        if (text.equals("true") || text.equals("false")) return text.equals("true");
        throw wrong(value(name, ""), "\"" + name + "\" must be true or false: " + text);
    }

    /** One of those that there are, in small letters. */
    <E extends Enum<E>> E oneOf(String name, Class<E> all) {
        List<String> allowed = Arrays.stream(all.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        String text = text(name, allowed.get(0));
        int place = allowed.indexOf(text);
        if (place >= 0) return all.getEnumConstants()[place];
        throw wrong(value(name, ""), "\"" + name + "\" must be one of " + String.join(", ", allowed) + ": " + text);
    }

    /** More than nothing. */
    Duration duration(String name, String example) {
        String text = text(name, example);
        try {
            Duration duration = DURATIONS.convert(text);
            if (duration.compareTo(LONGEST) <= 0) return duration;
            throw wrong(value(name, ""), "\"" + name + "\" must be at most 24h: " + text);
        } catch (TypeConversionException e) {
            throw wrong(value(name, ""), "\"" + name + "\": " + e.getMessage());
        }
    }

    /** From 0% to 100%, as a number of per cent. */
    double percent(String name, String example) {
        String text = text(name, example);
        if (text.matches("(100|\\d{1,2}(\\.\\d{1,3})?)%"))
            return Double.parseDouble(text.substring(0, text.length() - 1));
        throw wrong(value(name, ""), "\"" + name + "\" must be from 0% to 100%, such as " + example + ": " + text);
    }

    /** A moment; the start is one. */
    Duration moment(String name, String example) {
        return text(name, example).equals("0s") ? Duration.ZERO : duration(name, example);
    }

    int line() {
        return mapping.line();
    }

    PlanException wrong(String complaint) {
        return wrong(file, line(), complaint);
    }

    private PlanException wrong(Value value, String complaint) {
        return wrong(file, value.line(), complaint);
    }

    private static PlanException wrong(Path file, int line, String complaint) {
        return new PlanException(file + ":" + line + ": " + complaint);
    }
}
