package io.fanwire.node.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.node.backplane.Member;
import io.fanwire.node.namespace.Namespaces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisMembersTest {
    private static final String KEY = "fanwire:members";
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static TestRedis redis;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final RedisBackplane one = open();
    private final RedisBackplane two = open();

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void close() {
        redis.tell(commands -> commands.del(KEY));
        one.close();
        two.close();
    }

    @Test
    void nodesSeeEachOtherAsTheyAre() {
        Member first = new Member("one", "10.0.0.1:8080", "1.2", 1_700_000_000_000L, 12, false, false, 0);
        Member second = new Member("two", "10.0.0.2:8080", "1.3", 1_700_000_000_001L, 0, true, false, 0);
        assertThat(announce(one, first, LEASE)).containsExactly(first);
        assertThat(announce(two, second, LEASE)).containsExactlyInAnyOrder(first, second);
        assertThat(announce(one, first, LEASE)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void whoSaysNothingMoreIsForgotten() {
        announce(one, member("one"), Duration.ofMillis(100));
        await().until(() -> announce(two, member("two"), LEASE).size() == 1);
        assertThat(redis.<Long>ask(commands -> commands.hlen(KEY))).isEqualTo(1);
    }

    @Test
    void howLongANodeHasBeenSilentIsTold() {
        long start = System.nanoTime();
        announce(one, member("one"), LEASE);
        await().until(() -> silence(heard(two, member("two"), LEASE), "one") >= 100);
        List<Member> members = heard(two, member("two"), LEASE);
        long most = Duration.ofNanos(System.nanoTime() - start).toMillis() + 1_000;
        assertThat(silence(members, "one")).isBetween(100L, most);
        assertThat(silence(members, "two")).isZero();
    }

    @Test
    void whoLeavesIsForgottenAtOnce() {
        announce(one, member("one"), LEASE);
        announce(two, member("two"), LEASE);
        assertThat(announce(one, member("one"), Duration.ZERO)).containsExactly(member("two"));
        assertThat(announce(two, member("two"), LEASE)).containsExactly(member("two"));
    }

    @Test
    void whatNoNodeHasWrittenIsPassedOver() {
        String never = Long.toString(Long.MAX_VALUE / 2);
        for (String text : List.of("", "x", never, never + " ", never + " connections=many\nstarted=1", "-1 x")) {
            redis.tell(commands -> commands.hset(KEY, "garbage" + text.hashCode(), text));
        }
        assertThat(announce(one, member("one"), LEASE)).containsExactly(member("one"));
    }

    @Test
    void aNewerNodeMaySayMore() {
        redis.tell(commands -> commands.hset(
                KEY, "new", "9999999999999 zone=b\naddress=a:1\nversion=9\nstarted=5\nconnections=3\ndraining=false"));
        assertThat(announce(one, member("one"), LEASE)).contains(new Member("new", "a:1", "9", 5, 3, false, true, 0));
    }

    @Test
    void anOlderNodeTakesClientsUnlessItDrains() {
        String rest = "address=a:1\nversion=0\nstarted=5\nconnections=3\ndraining=";
        redis.tell(commands -> commands.hset(KEY, "in", "9999999999999 " + rest + "false"));
        redis.tell(commands -> commands.hset(KEY, "out", "9999999999999 " + rest + "true"));
        assertThat(announce(one, member("one"), LEASE))
                .contains(
                        new Member("in", "a:1", "0", 5, 3, false, true, 0),
                        new Member("out", "a:1", "0", 5, 3, true, false, 0));
    }

    @Test
    void theRegistryExpiresWhenTheLastNodeHasGone() {
        announce(one, member("one"), LEASE);
        announce(two, member("two"), Duration.ofMillis(100));
        // The shorter lease does not shorten the longer one.
        assertThat(redis.<Long>ask(commands -> commands.pttl(KEY))).isBetween(30_000L, LEASE.toMillis());
    }

    @Test
    void aReportIsNotRepeatedSinceItMightComeAfterANewerOne() {
        announce(one, member("one"), LEASE);
        assertThat(meters.get("resilience4j.retry.calls").functionCounters())
                .allSatisfy(each -> assertThat(each.count()).isZero());
    }

    private RedisBackplane open() {
        return RedisBackplane.connect(RedisConfig.of(redis.uri()), Namespaces.DEFAULT, meters);
    }

    private static long silence(List<Member> members, String id) {
        return members.stream()
                .filter(each -> each.nodeId().equals(id))
                .mapToLong(Member::silentMs)
                .sum();
    }

    private static Member member(String id) {
        return new Member(id, id + ":8080", "test", 1, 1, false, true, 0);
    }

    /** Without how long they have been silent, which differs from time to time. */
    private static List<Member> announce(RedisBackplane backplane, Member self, Duration lease) {
        return heard(backplane, self, lease).stream()
                .map(each -> each.silentFor(0))
                .toList();
    }

    private static List<Member> heard(RedisBackplane backplane, Member self, Duration lease) {
        return backplane
                .announce(self, lease)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
