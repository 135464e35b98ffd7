package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisPersistenceTest {
    private RedisServer redis = RedisServer.launch(RedisPersistence.EVERYSEC);
    private RedisConsole console = RedisConsole.at(redis.port());

    @BeforeEach
    void write() {
        assertThat(console.call("SET", "kept", "two\nlines")).containsExactly("OK");
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void aKilledServerComesBackWithEverything() {
        redis.kill();
        redis.start();
        assertThat(console.call("GET", "kept")).containsExactly("two", "lines");
    }

    @Test
    void oneThatHasToForgetComesBackEmpty() {
        assertThatThrownBy(redis::forget).isInstanceOf(HarnessException.class);
        redis.kill();
        redis.forget();
        redis.start();
        assertThat(console.call("EXISTS", "kept")).containsExactly("0");
        assertThat(console.call("GET", "kept")).isEmpty();
    }

    @Test
    void theConsoleTellsListsAndRefusals() {
        assertThat(console.call("CONFIG", "GET", "appendfsync")).containsExactly("appendfsync", "everysec");
        assertThatThrownBy(() -> console.call("NONSENSE"))
                .isInstanceOf(HarnessException.class)
                .hasMessageStartingWith("Redis says: ERR unknown command");
        redis.kill();
        assertThatThrownBy(() -> console.call("PING")).hasMessageContaining("does not answer PING");
    }
}
