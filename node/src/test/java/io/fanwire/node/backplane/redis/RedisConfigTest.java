package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.node.NodeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost",
                "redis://localhost:6380/2",
                "rediss://user:secret@redis.example:6379",
                "redis-sentinel://secret@a:26379,b:26379/0#main"
            })
    void takesTheAddressesOfOneRedisAndOfSentinels(String uri) {
        assertThat(RedisConfig.of(uri).uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo | redis.uri must start with redis://, rediss:// or redis-sentinel://: foo
            http://me:secret@host | redis.uri must start with redis://, rediss:// or redis-sentinel://: http://***@host
            redis-cluster://a:1 | redis.uri: Redis Cluster is not supported yet, use redis://, rediss:// or redis-sentinel://: redis-cluster://a:1
            redis:// | redis.uri is not a valid address: redis://
            redis://host:port | redis.uri is not a valid address: redis://host:port
            redis://p@ss@:99999 | redis.uri is not a valid address: redis://***@:99999
            """)
    void saysWhatIsWrongWithAnAddress(String uri, String message) {
        assertThatThrownBy(() -> RedisConfig.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void saysWhatIsWrongWithOtherValues() {
        assertThatThrownBy(() -> config().keyPrefix("fan{wire}").build())
                .hasMessage("redis.key-prefix must not contain { or }: fan{wire}");
        assertThatThrownBy(() -> config().commandTimeout(Duration.ofSeconds(-3)).build())
                .hasMessage("redis.command-timeout must be positive: PT-3S");
        assertThatThrownBy(() -> config().topicTtl(Duration.ofSeconds(1)).build())
                .hasMessage("redis.topic-ttl must be at least PT1M: PT1S");
        assertThatThrownBy(() -> config().maxPublishesInFlight(0).build())
                .hasMessage("redis.max-publishes-in-flight must be at least 1: 0");
    }

    @Test
    void aStartIsWaitedForBoundedly() {
        for (String timeout : List.of("-1s", "601s")) {
            Map<String, String> environment =
                    Map.of("FANWIRE_REDIS_URI", "redis://host", "FANWIRE_REDIS_START_TIMEOUT", timeout);
            assertThatThrownBy(() -> NodeConfig.from(environment)).hasMessageStartingWith("redis.start-timeout");
        }
    }

    @Test
    void doesNotShowThePassword() {
        RedisConfig config = RedisConfig.of("redis://user:secret@host:6379");
        assertThat(config.toString()).doesNotContain("secret").contains("redis://***@host:6379");
    }

    @Test
    void aSentinelsPasswordNeedsSentinels() {
        Map<String, String> environment = Map.of(
                "FANWIRE_REDIS_URI", "redis://user:secret@host:6379", "FANWIRE_REDIS_SENTINEL_PASSWORD", "hidden");
        assertThatThrownBy(() -> NodeConfig.from(environment))
                .hasMessage(
                        "redis.sentinel-password is set, but redis.uri is not redis-sentinel://: redis://***@host:6379");
    }

    private static TestRedisConfig config() {
        return TestRedisConfig.of("redis://localhost");
    }
}
