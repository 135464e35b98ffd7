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

    @Override
    public String toString() {
        return Long.toUnsignedString(epoch, 36) + "-" + offset;
    }
}
