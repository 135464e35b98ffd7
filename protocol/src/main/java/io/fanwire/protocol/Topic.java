package io.fanwire.protocol;

/**
 * The name of a topic, checked against the grammar: 1 to {@value Limits#MAX_TOPIC_CHARS} characters out of
 * {@code A–Z a–z 0–9 - _ . ~ / : @ + = ,}; what stands before the first colon is the namespace.
 *
 * @param name the whole name, as it goes over the wire
 */
public record Topic(String name) {
    private static final String ALLOWED_MARKS = "-_.~/:@+=,";

    /** @throws InvalidTopicException with a message that says what to mend */
    public Topic {
        check(name);
    }

    /** What stands before the first colon; empty for the default namespace. */
    public String namespace() {
        int colon = name.indexOf(':');
        return colon < 0 ? "" : name.substring(0, colon);
    }

    @Override
    public String toString() {
        return name;
    }

    private static void check(String name) {
        if (name.isEmpty()) throw new InvalidTopicException("a topic must not be empty");
        if (name.length() > Limits.MAX_TOPIC_CHARS) {
            throw new InvalidTopicException(
                    "a topic has at most " + Limits.MAX_TOPIC_CHARS + " characters, this one has " + name.length());
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) throw new InvalidTopicException(notAllowed(name.charAt(i), i));
        }
        int colon = name.indexOf(':');
        if (colon == 0) throw new InvalidTopicException("a topic's namespace must not be empty");
        if (colon == name.length() - 1) throw new InvalidTopicException("a topic must not end with its first colon");
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || ALLOWED_MARKS.indexOf(c) >= 0;
    }

    private static String notAllowed(char c, int index) {
        String shown = c > ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", (int) c);
        return "a topic must not contain " + shown + " (at index " + index + "); allowed are A–Z a–z 0–9 and "
                + String.join(" ", ALLOWED_MARKS.split(""));
    }
}
