package io.fanwire.node.session;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.namespace.Namespaces;
import java.time.Clock;

/** What all sessions of a node share. */
record SessionContext(
        String nodeId,
        SessionConfig config,
        Namespaces namespaces,
        Backplane backplane,
        Clock clock,
        SessionStats stats,
        Identities identities) {}
