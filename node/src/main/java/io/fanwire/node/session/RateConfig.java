package io.fanwire.node.session;

import java.time.Duration;

/**
 * How much clients may do a second; 0 is no limit.
 *
 * @param commands of one session, publishes included
 * @param publishes of one session
 * @param identityCommands of all sessions of one identity on this node
 * @param identityPublishes of all sessions of one identity on this node
 * @param burst how much of a rate may come at once
 */
public record RateConfig(int commands, int publishes, int identityCommands, int identityPublishes, Duration burst) {
    public static final RateConfig UNLIMITED = new RateConfig(0, 0, 0, 0, Duration.ofSeconds(1));

    public RateConfig {
        check("limits.command-rate", commands);
        check("limits.publish-rate", publishes);
        check("limits.identity-command-rate", identityCommands);
        check("limits.identity-publish-rate", identityPublishes);
        if (burst.isNegative() || burst.isZero()) {
            throw new IllegalArgumentException("limits.rate-burst must be positive: " + burst);
        }
    }

    private static void check(String key, int value) {
        if (value < 0) throw new IllegalArgumentException(key + " must not be negative: " + value);
    }

    boolean limitsAny() {
        return commands > 0 || publishes > 0 || limitsIdentities();
    }

    boolean limitsIdentities() {
        return identityCommands > 0 || identityPublishes > 0;
    }

    int limit(Kind kind) {
        return switch (kind) {
            case COMMANDS -> commands;
            case PUBLISHES -> publishes;
            case IDENTITY_COMMANDS -> identityCommands;
            case IDENTITY_PUBLISHES -> identityPublishes;
        };
    }

    /** Which of the rates. */
    public enum Kind {
        COMMANDS("commands of a connection"),
        PUBLISHES("publishes of a connection"),
        IDENTITY_COMMANDS("commands of an address"),
        IDENTITY_PUBLISHES("publishes of an address");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
