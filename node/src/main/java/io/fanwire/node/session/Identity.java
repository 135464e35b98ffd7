package io.fanwire.node.session;

import io.fanwire.node.rate.SharedRateLimit;
import org.jspecify.annotations.Nullable;

/** What all sessions of one identity may do together: of one client address, until clients authenticate. Any thread. */
final class Identity {
    final String name;
    final @Nullable SharedRateLimit commands;
    final @Nullable SharedRateLimit publishes;
    // Guarded by its place in the map of identities.
    int sessions;

    Identity(String name, @Nullable SharedRateLimit commands, @Nullable SharedRateLimit publishes) {
        this.name = name;
        this.commands = commands;
        this.publishes = publishes;
    }
}
