package io.fanwire.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisKindTest {
    private String before = "";

    @BeforeEach
    void remember() {
        before = System.getProperty(RedisKind.SETTING, "");
    }

    @AfterEach
    void restore() {
        if (before.isEmpty()) System.clearProperty(RedisKind.SETTING);
        else System.setProperty(RedisKind.SETTING, before);
    }

    @Test
    void isForcedByName() {
        System.setProperty(RedisKind.SETTING, "bundled");
        assertThat(RedisKind.forced()).contains(RedisKind.BUNDLED);
        try (RedisServer redis = RedisServer.launch()) {
            assertThat(redis.describe()).isEqualTo("bundled 6.2.6");
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        System.setProperty(RedisKind.SETTING, "mock");
        assertThatThrownBy(RedisKind::forced)
                .hasMessage("FANWIRE_TEST_REDIS is \"mock\"; allowed are docker, installed and bundled");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, redis-server-6.2.6-v5-linux-amd64",
        "Linux, aarch64, redis-server-6.2.7-linux-arm64",
        "Linux, i386, redis-server-6.2.7-linux-386",
        "Mac OS X, aarch64, redis-server-6.2.6-v5-darwin-arm64",
        "Mac OS X, x86_64, redis-server-6.2.6-v5-darwin-amd64"
    })
    void everyBundledExecutableIsOnTheClassPath(String os, String arch, String resource) {
        assertThat(RedisExecutable.bundledResource(os, arch)).isEqualTo(resource);
        assertThat(getClass().getResource("/" + resource)).isNotNull();
    }

    @Test
    void anUnknownSystemIsToldToInstallRedis() {
        assertThatThrownBy(() -> RedisExecutable.bundledResource("Plan 9", "mips"))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("install redis-server");
    }
}
