package io.fanwire.loadtest.ledger;

/**
 * Something that a subscriber should have had.
 *
 * @param subscriber its number
 * @param epoch names a stretch of unbroken offsets of the topic
 * @param offsets that are missing
 * @param noticed whether the client library noticed it; else nobody did
 */
public record Loss(int subscriber, String topic, long epoch, Intervals offsets, boolean noticed) {
    private static final int SHOWN = 60;

    @Override
    public String toString() {
        return "subscriber " + subscriber + " of " + topic + " misses " + shown(offsets.toString()) + " of epoch "
                + Long.toUnsignedString(epoch)
                + (noticed ? ": the node skipped it without a word, only the client noticed" : ": nobody told it");
    }

    private static String shown(String all) {
        return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + " …";
    }
}
