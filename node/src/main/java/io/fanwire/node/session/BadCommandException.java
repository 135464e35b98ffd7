package io.fanwire.node.session;

/** A command contradicts itself. Carries no stack trace: it is a value that travels to a client. */
final class BadCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadCommandException(String message) {
        super(message, null, false, false);
    }
}
