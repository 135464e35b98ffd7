package io.fanwire.loadtest.scenario;

import io.fanwire.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large payloads are: {@code 128}, {@code 64-1024} for all between as often, or {@code 100:70,1024:25,16384:5} for
 * weighted sizes.
 */
public final class PayloadSizes {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})-(\\d{1,6})");
    private static final Pattern WEIGHTED = Pattern.compile("(\\d{1,6}):(\\d{1,4})");

    private final String text;
    private final List<Size> sizes;
    private final int weights;

    private PayloadSizes(String text, List<Size> sizes) {
        this.text = text;
        this.sizes = sizes;
        this.weights = sizes.stream().mapToInt(Size::weight).sum();
    }

    /** @throws IllegalArgumentException with one line for the user */
    public static PayloadSizes parse(String text) {
        List<Size> sizes = new ArrayList<>();
        for (String word : text.split(",", -1)) sizes.add(size(word.strip(), text));
        PayloadSizes parsed = new PayloadSizes(text, sizes);
        if (parsed.weights == 0) throw wrong(text, "has no weight");
        return parsed;
    }

    public int max() {
        return sizes.stream().mapToInt(Size::max).max().orElseThrow();
    }

    int next(Random random) {
        int left = random.nextInt(weights);
        for (Size size : sizes) {
            left -= size.weight;
            if (left < 0) return size.min == size.max ? size.min : size.min + random.nextInt(size.max - size.min + 1);
        }
        throw new IllegalStateException("weights of " + text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static Size size(String word, String text) {
        Matcher weighted = WEIGHTED.matcher(word);
        if (weighted.matches()) return checked(weighted.group(1), weighted.group(1), weighted.group(2), text);
        Matcher range = RANGE.matcher(word);
        if (range.matches()) return checked(range.group(1), range.group(2), "1", text);
        if (word.matches("\\d{1,6}")) return checked(word, word, "1", text);
        throw wrong(text, "is none like 128, 64-1024 or 100:70,1024:30");
    }

    private static Size checked(String min, String max, String weight, String text) {
        Size size = new Size(Integer.parseInt(min), Integer.parseInt(max), Integer.parseInt(weight));
        if (size.min < Payload.HEADER_BYTES || size.max > Limits.MAX_PAYLOAD_BYTES || size.min > size.max) {
            throw wrong(
                    text,
                    "has a size that is not between " + Payload.HEADER_BYTES + " and " + Limits.MAX_PAYLOAD_BYTES);
        }
        return size;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("--payload " + text + " " + why);
    }

    private record Size(int min, int max, int weight) {}
}
