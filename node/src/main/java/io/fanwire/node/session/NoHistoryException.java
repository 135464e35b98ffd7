package io.fanwire.node.session;

import io.fanwire.node.namespace.Namespace;
import io.fanwire.protocol.Topic;

/** A topic's namespace keeps no history. Carries no stack trace: it is a value that travels to a client. */
final class NoHistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NoHistoryException(Topic topic) {
        super("no history is kept of " + topic, null, false, false);
    }

    static void check(Topic topic, Namespace namespace) {
        if (!namespace.history().isKept()) throw new NoHistoryException(topic);
    }
}
