package io.fanwire.node.namespace;

import io.fanwire.protocol.Topic;

/** A topic's namespace is not set up. Carries no stack trace: it is a value that travels to a client. */
public final class UnknownNamespaceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownNamespaceException(Topic topic) {
        super(
                topic.namespace().isEmpty()
                        ? "this cluster has no default namespace, so a topic needs one, as in news:" + topic
                        : "the namespace " + topic.namespace() + " is not set up on this cluster",
                null,
                false,
                false);
    }
}
