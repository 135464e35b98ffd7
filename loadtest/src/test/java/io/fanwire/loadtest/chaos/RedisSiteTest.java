package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.harness.RedisConsole;
import io.fanwire.harness.RedisPersistence;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisSiteTest {
    @Test
    void whatWasWrittenAfterTheReplicaWasDetachedIsLostWithThePrimary() {
        try (RedisSite site = RedisSite.launch(new RedisSetup(RedisPersistence.NONE, true))) {
            RedisConsole address = RedisConsole.at(URI.create(site.uri()).getPort());
            address.call("SET", "early", "1");
            // One replica has it.
            assertThat(address.call("WAIT", "1", "5000")).containsExactly("1");
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
                assertThat(address.call("WAIT", "1", "5000")).containsExactly("1");
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
}
