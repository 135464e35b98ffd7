package io.fanwire.node.backplane.redis;

import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Limits;
import java.time.Duration;

/** Namespaces as tests need them. */
final class TestNamespaces {
    private TestNamespaces() {}

    static Namespaces of(Namespace... namespaces) {
        return Namespaces.of(namespaces);
    }

    /** @param size of the history; 0 for none */
    static Namespace history(String name, int size) {
        return of(name, size, Durability.ACKNOWLEDGED);
    }

    static Namespace replicated(String name) {
        return of(name, 1_000, Durability.REPLICATED);
    }

    private static Namespace of(String name, int size, Durability durability) {
        HistoryConfig history = new HistoryConfig(size, Duration.ofMinutes(5), 64 << 20);
        return new Namespace(name, history, true, FallBehind.GAP, Limits.MAX_PAYLOAD_BYTES, durability);
    }
}
