package io.fanwire.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which Redis to run: the first kind of a list that is there, or the one that is forced. */
final class RedisChoice {
    private static final List<RedisKind> DEMO_ORDER = List.of(RedisKind.INSTALLED, RedisKind.BUNDLED);
    private static final List<RedisKind> TEST_ORDER = List.of(RedisKind.DOCKER, RedisKind.INSTALLED, RedisKind.BUNDLED);
    private static @Nullable RedisKind decidedForTests;

    private final List<RedisKind> order;
    private final boolean tests;

    private RedisChoice(List<RedisKind> order, boolean tests) {
        this.order = order;
        this.tests = tests;
    }

    static RedisChoice forDemo() {
        Optional<RedisKind> forced = RedisKind.forced().filter(DEMO_ORDER::contains);
        return new RedisChoice(forced.map(List::of).orElse(DEMO_ORDER), false);
    }

    static synchronized RedisChoice forTests() {
        Optional<RedisKind> kind = Optional.ofNullable(decidedForTests).or(RedisKind::forced);
        return new RedisChoice(kind.map(List::of).orElse(TEST_ORDER), true);
    }

    RedisServer launch(RedisPersistence persistence) {
        List<String> refusals = new ArrayList<>();
        for (RedisKind kind : order) {
            try {
                return announced(kind, launch(kind, persistence), refusals);
            } catch (HarnessException e) {
                refusals.add(e.getMessage());
            }
        }
        throw new HarnessException("no Redis can be started: " + String.join("; ", refusals));
    }

    /** @throws HarnessException if neither an installed nor a bundled one starts */
    RedisServer launchProcess(List<String> options) {
        HarnessException refusal = new HarnessException("no Redis can be started as a process");
        for (RedisKind kind : order) {
            if (kind == RedisKind.DOCKER) continue;
            try {
                return LocalRedisServer.launch(executable(kind), options);
            } catch (HarnessException e) {
                refusal.addSuppressed(e);
            }
        }
        throw refusal;
    }

    /** @throws HarnessException if neither an installed nor a bundled one is there */
    static RedisExecutable processExecutable() {
        try {
            return RedisExecutable.installed();
        } catch (HarnessException e) {
            return RedisExecutable.bundled();
        }
    }

    private static RedisExecutable executable(RedisKind kind) {
        return kind == RedisKind.INSTALLED ? RedisExecutable.installed() : RedisExecutable.bundled();
    }

    /** @throws HarnessException if this kind is not there, does not start, or can't keep what it is to keep */
    static RedisServer launch(RedisKind kind, RedisPersistence persistence) {
        if (kind == RedisKind.DOCKER && persistence != RedisPersistence.NONE)
            throw new HarnessException("a Redis in a container keeps nothing");
        return switch (kind) {
            case DOCKER -> DockerEngine.requireAnswer().launchRedis();
            case INSTALLED, BUNDLED -> LocalRedisServer.launch(executable(kind), persistence.options());
        };
    }

    private RedisServer announced(RedisKind kind, RedisServer server, List<String> refusals) {
        if (tests && decide(kind)) {
            String why = refusals.isEmpty() ? "" : " (" + String.join("; ", refusals) + ")";
            System.out.println("Redis for tests: " + server.describe() + why);
        }
        return server;
    }

    private static synchronized boolean decide(RedisKind kind) {
        boolean first = decidedForTests == null;
        decidedForTests = kind;
        return first;
    }
}
