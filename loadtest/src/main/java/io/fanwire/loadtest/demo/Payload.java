package io.fanwire.loadtest.demo;

import java.util.Optional;

/**
 * What a publication of the demo says.
 *
 * @param number counts the demo's publications
 * @param node the publisher's, counted from 0
 * @param sentAt {@link System#nanoTime} of this JVM, which has the subscribers too
 */
record Payload(long number, int node, long sentAt) {
    private static final String FORM = "publication";

    String text() {
        return FORM + " " + number + " node " + (node + 1) + " at " + sentAt;
    }

    /** Empty if the text is not the demo's: anybody may publish to its topics. */
    static Optional<Payload> parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 6 || !words[0].equals(FORM)) return Optional.empty();
        try {
            return Optional.of(
                    new Payload(Long.parseLong(words[1]), Integer.parseInt(words[3]) - 1, Long.parseLong(words[5])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
