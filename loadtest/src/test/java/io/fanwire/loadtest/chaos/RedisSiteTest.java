package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.RedisConsole;
import io.fanwire.harness.RedisPersistence;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisSiteTest {
    @Test
    void whatWasWrittenAfterTheReplicaWasDetachedIsLostWithThePrimary() {
        try (RedisSite site = RedisSite.launch(new RedisSetup(RedisPersistence.NONE, true))) {
            RedisConsole address = RedisConsole.at(URI.create(site.uri()).getPort());
            address.call("SET", "early", "1");
            awaitAtReplica(site, "early", "1");
            site.detachReplica();
            address.call("SET", "late", "1");
            site.promoteReplica();
            assertThat(address.call("MGET", "early", "late")).containsExactly("1");
            assertThat(address.call("INFO", "replication")).contains("role:master", "connected_slaves:1");
        }
    }

    @Test
    void theOneThatWasReplacedCanReplaceTheOther() {
        try (RedisSite site = RedisSite.launch(new RedisSetup(RedisPersistence.EVERYSEC, true))) {
            RedisConsole address = RedisConsole.at(URI.create(site.uri()).getPort());
            for (int i = 1; i <= 3; i++) {
                assertThat(address.call("INCR", "count")).containsExactly("" + i);
                awaitAtReplica(site, "count", "" + i);
                site.promoteReplica();
            }
            assertThat(address.call("GET", "count")).containsExactly("3");
        }
    }

    @Test
    void startsEmptyOrWithEverything() {
        try (RedisSite site = RedisSite.launch(new RedisSetup(RedisPersistence.ALWAYS, false))) {
            site.call("SET", "kept", "1");
            site.primary().kill();
            site.primary().start();
            assertThat(site.call("EXISTS", "kept")).containsExactly("1");
            site.primary().kill();
            site.startEmpty();
            assertThat(site.call("EXISTS", "kept")).containsExactly("0");
        }
    }

    // Not by WAIT: that waits for what its own connection has written, and each call here has a connection of its own.
    private static void awaitAtReplica(RedisSite site, String key, String value) {
        RedisConsole replica = RedisConsole.at(site.replica().port());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> replica.call("GET", key).equals(List.of(value)));
    }
}
