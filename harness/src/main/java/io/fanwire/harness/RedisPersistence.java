package io.fanwire.harness;

import java.util.List;

/** What a private Redis keeps on disk. */
public enum RedisPersistence {
    /** Nothing. */
    NONE("no", "no"),
    /** Every write, on the disk within a second: a killed Redis loses nothing, a machine without power a second. */
    EVERYSEC("yes", "everysec"),
    /** Every write, on the disk before it is answered. */
    ALWAYS("yes", "always");

    private final List<String> options;

    RedisPersistence(String appendOnly, String fsync) {
        this.options = List.of("--appendonly", appendOnly, "--appendfsync", fsync);
    }

    /** For the command line of the server. */
    List<String> options() {
        return options;
    }
}
