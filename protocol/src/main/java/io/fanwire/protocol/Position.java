package io.fanwire.protocol;

/**
 * Where a publication stands in its topic.
 *
 * @param epoch names a stretch of unbroken offsets; compared for equality only
 * @param offset rises by one from publication to publication, starting at 1; 0 is before the first
 */
public record Position(long epoch, long offset) {
    public Position {
        if (offset < 0) throw new IllegalArgumentException("offset must not be negative: " + offset);
    }

    /** The position of the publication right after this one. */
    public Position next() {
        return new Position(epoch, offset + 1);
    }

    /**
     * The other way round: from what {@link #toString} made.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Position parse(String text) {
        int dash = text.indexOf('-');
        try {
            if (dash > 0) {
                long epoch = Long.parseUnsignedLong(text.substring(0, dash), Character.MAX_RADIX);
                return new Position(epoch, Long.parseLong(text.substring(dash + 1)));
            }
        } catch (IllegalArgumentException e) { // not a number, or a negative one
            throw malformed(text);
        }
        throw malformed(text);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(epoch, Character.MAX_RADIX) + "-" + offset;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("not a position, which looks like gkds6v1o0-42: " + text);
    }
}
