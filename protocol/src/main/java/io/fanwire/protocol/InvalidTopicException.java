package io.fanwire.protocol;

/** A topic breaks the grammar. The message says where, for a developer to read. */
public final class InvalidTopicException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidTopicException(String message) {
        super(message);
    }
}
