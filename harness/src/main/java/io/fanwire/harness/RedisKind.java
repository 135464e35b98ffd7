package io.fanwire.harness;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a Redis server comes from. */
public enum RedisKind {
    /** A container, by Testcontainers. For tests only. */
    DOCKER,
    /** A {@code redis-server} or {@code valkey-server} on the {@code PATH}. */
    INSTALLED,
    /** The executable that a library on the class path carries. */
    BUNDLED;

    /** System property, or else environment variable, that forces one kind. */
    public static final String SETTING = "FANWIRE_TEST_REDIS";

    /**
     * The kind that {@value #SETTING} asks for; empty if it is not set.
     *
     * @throws HarnessException if it names no kind
     */
    public static Optional<RedisKind> forced() {
        String value = System.getProperty(SETTING, System.getenv().getOrDefault(SETTING, ""));
        return value.isBlank() ? Optional.empty() : Optional.of(parse(value));
    }

    private static RedisKind parse(String value) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(value.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new HarnessException(
                        SETTING + " is \"" + value + "\"; allowed are docker, installed and bundled"));
    }
}
