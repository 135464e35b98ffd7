package io.fanwire.node.session;

import io.fanwire.node.backplane.Backplane;
import java.time.Clock;

/** What all sessions of a node share. */
record SessionContext(String nodeId, SessionConfig config, Backplane backplane, Clock clock, SessionStats stats) {}
