package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How 2,000 clients come back, by the clock of the test: each with the Java client's own {@link Comeback}, and with the
 * default options, as they are all at once told the same.
 */
final class ReturnSpreadTest {
    private static final int CLIENTS = 2_000;
    private static final List<URI> URLS =
            List.of(URI.create("ws://a/ws"), URI.create("ws://b/ws"), URI.create("ws://c/ws"), URI.create("ws://d/ws"));
    private static final URI LOST = URLS.get(0);
    private static final long BUCKET_NANOS = Duration.ofMillis(100).toNanos();

    private final Random random = new Random(20_261_121);
    private final ClientOptions options = ClientOptions.builder(URLS).build();

    @Test
    void theClientsOfAKilledNodeComeBackSpreadOverASecondAndOverTheOthers() {
        List<Comeback.Attempt> returns = new ArrayList<>();
        for (Comeback client : clientsOfTheLostNode()) returns.add(client.lost(null, true, 0));
        assertSpread(returns, 0.15);
        assertEvenShares(returns);
        assertThat(returns).allMatch(attempt -> attempt.in().compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void theClientsOfADrainedNodeComeBackAsItHasDrawn() {
        int waves = 10;
        List<Comeback.Attempt> returns = new ArrayList<>();
        List<Comeback> clients = clientsOfTheLostNode();
        for (int i = 0; i < CLIENTS; i++) {
            long toldNanos = Duration.ofSeconds(i % waves).toNanos();
            Duration hint = Duration.ofMillis(random.nextLong(1_000));
            Comeback.Attempt next = clients.get(i).lost(hint, true, toldNanos);
            assertThat(next.in()).isEqualTo(hint);
            returns.add(new Comeback.Attempt(next.url(), next.in().plusNanos(toldNanos)));
        }
        assertSpread(returns, 0.02);
        assertEvenShares(returns);
    }

    @Test
    void thoseThatWereRefusedTogetherDoNotComeBackTogether() {
        List<Comeback.Attempt> returns = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Comeback client = comeback(List.of(LOST));
            returns.add(client.refused(client.first(0), Duration.ofSeconds(5), 0));
        }
        assertSpread(returns, 0.15);
        assertThat(returns)
                .allMatch(attempt -> attempt.in().compareTo(Duration.ofSeconds(5)) >= 0)
                .allMatch(attempt -> attempt.in().compareTo(Duration.ofSeconds(6)) <= 0);
    }

    @Test
    void aRefusalSendsTheClientsToTheOthersMeanwhile() {
        List<Comeback.Attempt> returns = new ArrayList<>();
        for (Comeback client : clientsOfTheLostNode()) returns.add(client.refused(LOST, Duration.ofSeconds(5), 0));
        assertSpread(returns, 0.15);
        assertEvenShares(returns);
    }

    /** Two nodes of four are gone, and the others take 100 handshakes a second, and refuse the rest for 2 s. */
    @Test
    void allComeBackThroughALimitOnHandshakesWithoutHammering() {
        Map<URI, TreeMap<Long, Integer>> taken = new HashMap<>();
        Map<Long, Integer> attemptsPerSecond = new TreeMap<>();
        PriorityQueue<Arrival> arrivals = new PriorityQueue<>(Comparator.comparingLong(Arrival::atNanos));
        for (Comeback client : clientsOfTheLostNode()) arrivals.add(Arrival.of(client, client.lost(null, true, 0), 0));
        Map<Comeback, List<Long>> attemptsOf = new HashMap<>();
        long lastNanos = 0;
        while (!arrivals.isEmpty()) {
            Arrival next = arrivals.remove();
            attemptsOf.computeIfAbsent(next.client, client -> new ArrayList<>()).add(next.atNanos);
            lastNanos = next.atNanos;
            long second = Duration.ofNanos(next.atNanos).toSeconds();
            attemptsPerSecond.merge(second, 1, Integer::sum);
            boolean alive = URLS.indexOf(next.url) >= 2;
            if (alive && taken.computeIfAbsent(next.url, url -> new TreeMap<>()).merge(second, 1, Integer::sum) <= 100)
                continue;
            Duration retryAfter = alive ? Duration.ofSeconds(2) : null;
            arrivals.add(
                    Arrival.of(next.client, next.client.refused(next.url, retryAfter, next.atNanos), next.atNanos));
        }
        // At 200 a second 10 s would be the least.
        assertThat(Duration.ofNanos(lastNanos)).isLessThan(Duration.ofSeconds(60));
        assertTheCrowdThins(attemptsPerSecond);
        // Waits of 1, 2, 4, 8, 10 and 10 s at most are half as long on average: 4 attempts in the first
        // 10 s. Some draw short ones several times; more than twice as many would be hammering.
        assertThat(attemptsOf.values()).allMatch(times -> mostWithin(times, Duration.ofSeconds(10)) <= 8);
    }

    private static void assertTheCrowdThins(Map<Long, Integer> attemptsPerSecond) {
        // All come once within a second. Of those that are refused, a quarter draw so little of their two seconds that
        // they come again in the same one, half come in the next, and a quarter in the one after that.
        assertThat(attemptsPerSecond.get(0L)).isLessThan(CLIENTS * 3 / 2);
        attemptsPerSecond.forEach((second, count) -> {
            if (second >= 1) assertThat(count).isLessThan(CLIENTS * 6 / 10);
            // By now waits are so long that the limit of 200 a second is not asked for twice what it gives.
            if (second >= 5) assertThat(count).isLessThan(2 * 200);
        });
        int attempts =
                attemptsPerSecond.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(attempts).isLessThan(CLIENTS * 4);
    }

    /** @param times rising */
    private static int mostWithin(List<Long> times, Duration window) {
        int most = 0;
        int first = 0;
        for (int i = 0; i < times.size(); i++) {
            while (times.get(i) - times.get(first) > window.toNanos()) first++;
            most = Math.max(most, i - first + 1);
        }
        return most;
    }

    private record Arrival(Comeback client, URI url, long atNanos) {
        static Arrival of(Comeback client, Comeback.Attempt next, long nowNanos) {
            return new Arrival(client, next.url(), nowNanos + next.in().toNanos());
        }
    }

    private Comeback comeback(List<URI> urls) {
        return new Comeback(urls, new Backoff(options.minBackoff(), options.maxBackoff(), random), random);
    }

    private List<Comeback> clientsOfTheLostNode() {
        List<Comeback> clients = new ArrayList<>();
        while (clients.size() < CLIENTS) {
            Comeback client = comeback(URLS);
            if (client.first(0).equals(LOST)) clients.add(client);
        }
        return clients;
    }

    private static void assertSpread(List<Comeback.Attempt> returns, double mostOfOneBucket) {
        Map<Long, Integer> buckets = new HashMap<>();
        returns.forEach(attempt -> buckets.merge(attempt.in().toNanos() / BUCKET_NANOS, 1, Integer::sum));
        assertThat(buckets.values()).allMatch(count -> count <= mostOfOneBucket * CLIENTS);
    }

    private static void assertEvenShares(List<Comeback.Attempt> returns) {
        Map<URI, Integer> shares = new HashMap<>();
        returns.forEach(attempt -> shares.merge(attempt.url(), 1, Integer::sum));
        assertThat(shares).containsOnlyKeys(URLS.subList(1, 4));
        assertThat(shares.values()).allMatch(count -> Math.abs(count - CLIENTS / 3) < CLIENTS / 20);
    }
}
