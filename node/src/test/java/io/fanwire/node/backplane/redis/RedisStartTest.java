package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.harness.RedisSentinel;
import io.fanwire.node.NodeConfig;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.namespace.Namespaces;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisLoadingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures to connect a node that starts waits out, and which end it at once however patient it is. */
class RedisStartTest {
    static Stream<Throwable> passing() {
        return Stream.of(
                new UnknownHostException("redis.invalid"),
                new RedisLoadingException("LOADING Redis is loading the dataset in memory"),
                new RedisCommandExecutionException("MASTERDOWN Link with MASTER is down"),
                new RedisCommandExecutionException("ERR max number of clients reached"),
                new RedisConnectionException("Connection closed prematurely"),
                new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatMayPassIsWaitedFor(Throwable cause) {
        assertThat(RedisFailure.kindOfConnecting(wrapped(cause))).isEqualTo(Kind.UNAVAILABLE);
    }

    static Stream<Throwable> lasting() {
        return Stream.of(
                new RedisCommandExecutionException("WRONGPASS invalid username-password pair or user is disabled."),
                new RedisCommandExecutionException("NOPERM this user has no permissions"),
                new RedisCommandExecutionException("ERR unknown command `HELLO`"),
                new BackplaneException(Kind.FAILED, "Redis 6.2 or newer is needed, this one is 5.0.14"),
                new SSLHandshakeException("Received fatal alert: certificate_required"),
                new CertificateException("No subject alternative names present"),
                new NotSslRecordException("not an SSL/TLS record: 2d45"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void whatSomebodyHasToMendIsNot(Throwable cause) {
        assertThat(RedisFailure.kindOfConnecting(wrapped(cause))).isEqualTo(Kind.FAILED);
    }

    @Test
    void aRedisThatIsNotThereMayCome() {
        assertKind(Kind.UNAVAILABLE, "redis://127.0.0.1:" + TestRedis.freePort(), "0s");
    }

    @Test
    void aRedisThatDoesNotAnswerMayComeToItself() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertKind(Kind.UNAVAILABLE, "redis://127.0.0.1:" + silent.getLocalPort(), "0s");
        }
    }

    @Test
    void aSentinelThatIsNotThereMayCome() {
        assertKind(Kind.UNAVAILABLE, "redis-sentinel://127.0.0.1:" + TestRedis.freePort() + "/0#main", "0s");
    }

    /** Ends although it would wait for longer than a test may take. */
    @Test
    void aSentinelThatWantsAPasswordGoesOnWantingIt() {
        try (TestRedis master = TestRedis.master();
                RedisSentinel sentinel = RedisSentinel.watch("main", master.port(), "requirepass hidden")) {
            assertKind(Kind.FAILED, sentinel.uri(), "10m");
        }
    }

    @Test
    void aWrongPasswordStaysWrong() {
        try (TestRedis redis = new TestRedis()) {
            assertKind(Kind.FAILED, redis.uri().replace("//", "//nobody:wrong@"), "10m");
        }
    }

    private static void assertKind(Kind kind, String uri, String timeout) {
        RedisConfig config = NodeConfig.from(Map.of("FANWIRE_REDIS_URI", uri, "FANWIRE_REDIS_START_TIMEOUT", timeout))
                .redis()
                .orElseThrow();
        assertThatThrownBy(() -> RedisBackplane.connect(config, Namespaces.DEFAULT, new SimpleMeterRegistry()))
                .isInstanceOfSatisfying(
                        BackplaneException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static Throwable wrapped(Throwable cause) {
        return new RedisConnectionException("Unable to connect", new ExecutionException(cause));
    }
}
