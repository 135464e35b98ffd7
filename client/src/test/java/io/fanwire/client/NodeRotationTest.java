package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeRotationTest {
    private static final List<URI> URLS =
            List.of(URI.create("ws://a/ws"), URI.create("ws://b/ws"), URI.create("ws://c/ws"));

    @Test
    void takesEachInTurn() {
        for (int seed = 0; seed < 50; seed++) {
            NodeRotation rotation = new NodeRotation(URLS, new Random(seed));
            for (int round = 0; round < 5; round++)
                assertThat(round(rotation)).containsExactlyInAnyOrderElementsOf(URLS);
        }
    }

    @Test
    void startsAnywhere() {
        Set<URI> starts = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) starts.add(new NodeRotation(URLS, new Random(seed * 31L)).next(0));
        assertThat(starts).containsExactlyInAnyOrderElementsOf(URLS);
    }

    @Test
    void theClientsOfOneNodeGoToAllTheOthers() {
        Map<URI, Integer> seconds = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            NodeRotation rotation = new NodeRotation(URLS, random);
            if (rotation.next(0).equals(URLS.get(0))) seconds.merge(rotation.next(0), 1, Integer::sum);
        }
        assertThat(seconds).containsOnlyKeys(URLS.get(1), URLS.get(2));
        assertThat(seconds.values()).allMatch(count -> count > 400);
    }

    @Test
    void neverTakesTheSameTwiceInARow() {
        NodeRotation rotation = new NodeRotation(URLS, new Random(2));
        URI last = rotation.next(0);
        for (int i = 0; i < 1_000; i++) {
            URI next = rotation.next(0);
            assertThat(next).isNotEqualTo(last);
            last = next;
        }
    }

    @Test
    void eachRoundHasAnOrderOfItsOwn() {
        NodeRotation rotation = new NodeRotation(URLS, new Random(3));
        Set<List<URI>> orders = new HashSet<>();
        for (int i = 0; i < 100; i++) orders.add(round(rotation));
        assertThat(orders).hasSize(6);
    }

    @Test
    void leavesAloneWhoAskedForItUntilTheTimeIsOver() {
        NodeRotation rotation = new NodeRotation(URLS, new Random(4));
        rotation.rest(URLS.get(0), 100);
        for (int i = 0; i < 10; i++) assertThat(rotation.next(99)).isNotEqualTo(URLS.get(0));
        assertThat(rotation.next(100)).isEqualTo(URLS.get(0));
    }

    @Test
    void takesTheOneThatMayBeTriedFirstIfAllAreToBeLeftAlone() {
        NodeRotation rotation = new NodeRotation(URLS, new Random(5));
        rotation.rest(URLS.get(0), 300);
        rotation.rest(URLS.get(1), 200);
        rotation.rest(URLS.get(2), 400);
        assertThat(rotation.next(0)).isEqualTo(URLS.get(1));
        assertThat(rotation.waitNanos(URLS.get(1), 50)).isEqualTo(150);
    }

    @Test
    void staysWithTheOnlyOne() {
        NodeRotation rotation = new NodeRotation(URLS.subList(0, 1), new Random(6));
        for (int i = 0; i < 3; i++) assertThat(rotation.next(0)).isEqualTo(URLS.get(0));
    }

    private static List<URI> round(NodeRotation rotation) {
        List<URI> round = new ArrayList<>();
        for (int i = 0; i < URLS.size(); i++) round.add(rotation.next(0));
        return round;
    }
}
