package io.fanwire.node;

/** The configuration can't be used. The message is one line that names key, value and what is allowed. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidConfigException(String message) {
        super(message);
    }
}
