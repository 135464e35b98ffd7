package io.fanwire.node.session;

/** What holds for every session. */
public record SessionConfig(HeartbeatConfig heartbeat, SessionLimits limits) {
    public static final SessionConfig DEFAULT = new SessionConfig(HeartbeatConfig.DEFAULT, SessionLimits.DEFAULT);
}
