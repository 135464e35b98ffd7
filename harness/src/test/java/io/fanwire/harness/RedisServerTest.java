package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of Redis that this machine has does the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisServerTest {
    private List<RedisServer> servers = List.of();

    @BeforeAll
    void launchEveryKind() {
        servers = Arrays.stream(RedisKind.values())
                .filter(kind -> kind == RedisKind.forced().orElse(kind))
                .flatMap(RedisServerTest::launched)
                .toList();
        assertThat(servers).isNotEmpty();
    }

    @AfterAll
    void closeAll() {
        servers.forEach(RedisServer::close);
    }

    Stream<RedisServer> servers() {
        return servers.stream();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void answers(RedisServer redis) {
        assertThat(RedisCall.to(redis, "PING")).isEqualTo("+PONG");
        assertThat(redis.uri()).startsWith("redis://").endsWith(":" + redis.port());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void describesItself(RedisServer redis) {
        assertThat(redis.describe()).matches("(installed /|bundled \\d|Testcontainers redis:).*");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void isEmptyOnTheSamePortAfterAKill(RedisServer redis) {
        int port = redis.port();
        assertThat(RedisCall.to(redis, "SET kept no")).isEqualTo("+OK");
        redis.kill();
        assertThat(RedisCall.to(redis, "PING")).isEmpty();
        redis.start();
        assertThat(redis.port()).isEqualTo(port);
        assertThat(RedisCall.to(redis, "EXISTS kept")).isEqualTo(":0");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void keepsItsDataButDoesNotAnswerWhilePaused(RedisServer redis) {
        assertThat(RedisCall.to(redis, "SET kept yes")).isEqualTo("+OK");
        redis.pause();
        assertThat(RedisCall.to(redis, "PING", 500)).isEmpty();
        redis.resume();
        assertThat(RedisCall.to(redis, "EXISTS kept")).isEqualTo(":1");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void killTwiceIsHarmlessAndStartTwiceIsRefused(RedisServer redis) {
        assertThatThrownBy(redis::start).isInstanceOf(HarnessException.class).hasMessageContaining("already");
        redis.kill();
        redis.kill();
        redis.start();
        assertThat(RedisCall.to(redis, "PING")).isEqualTo("+PONG");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void isNoticedToHaveEndedByItself(RedisServer redis) {
        assertThat(redis.isRunning()).isTrue();
        redis.pause();
        assertThat(redis.isRunning()).isTrue();
        redis.resume();
        RedisCall.to(redis, "SHUTDOWN NOSAVE");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            while (redis.isRunning()) Thread.onSpinWait();
        });
        redis.start();
        assertThat(redis.isRunning()).isTrue();
        assertThat(RedisCall.to(redis, "PING")).isEqualTo("+PONG");
    }

    @Test
    void closesAPausedServer() {
        RedisServer redis = RedisServer.launch();
        redis.pause();
        redis.close();
        redis.close();
        assertThat(LoopbackPort.isFree(redis.port())).isTrue();
    }

    @Test
    void launchesOneForTests() {
        try (RedisServer redis = RedisServer.launchForTests()) {
            assertThat(RedisCall.to(redis, "PING")).isEqualTo("+PONG");
        }
    }

    private static Stream<RedisServer> launched(RedisKind kind) {
        try {
            return Stream.of(RedisChoice.launch(kind, RedisPersistence.NONE));
        } catch (HarnessException e) {
            if (RedisKind.forced().isPresent()) throw e;
            System.out.println("Not tested here: " + kind + " Redis: " + e.getMessage());
            return Stream.empty();
        }
    }
}
