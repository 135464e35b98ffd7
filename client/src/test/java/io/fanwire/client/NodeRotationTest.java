package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NodeRotationTest {
    private static final List<URI> URLS =
            List.of(URI.create("ws://a/ws"), URI.create("ws://b/ws"), URI.create("ws://c/ws"));

    @Test
    void takesEachInTurn() {
        NodeRotation rotation = new NodeRotation(URLS, new Random(1));
        List<URI> first = List.of(rotation.next(), rotation.next(), rotation.next());
        assertThat(first).containsExactlyInAnyOrderElementsOf(URLS);
        assertThat(rotation.next()).isEqualTo(first.get(0));
    }

    @Test
    void startsAnywhere() {
        Set<URI> starts = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) starts.add(new NodeRotation(URLS, new Random(seed * 31L)).next());
        assertThat(starts).containsExactlyInAnyOrderElementsOf(URLS);
    }
}
