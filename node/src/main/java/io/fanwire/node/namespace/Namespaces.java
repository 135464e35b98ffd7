package io.fanwire.node.namespace;

import io.fanwire.protocol.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a cluster. One named {@value Namespace#DEFAULT_NAME} takes topics without a namespace and those of
 * namespaces that are not set up; without it such topics are refused. Immutable.
 */
public final class Namespaces {
    /** Nothing is set up: every topic is allowed, with the defaults of every setting. */
    public static final Namespaces DEFAULT = of(Namespace.DEFAULT);

    private final Map<String, Namespace> byName;
    private final @Nullable Namespace fallback;

    private Namespaces(Map<String, Namespace> byName) {
        this.byName = byName;
        this.fallback = byName.get(Namespace.DEFAULT_NAME);
    }

    public static Namespaces of(Namespace... namespaces) {
        return of(List.of(namespaces));
    }

    /** With none at all: {@link #DEFAULT}. */
    public static Namespaces of(Collection<Namespace> namespaces) {
        if (namespaces.isEmpty()) return DEFAULT;
        return new Namespaces(namespaces.stream().collect(Collectors.toUnmodifiableMap(Namespace::name, each -> each)));
    }

    /** @throws UnknownNamespaceException if topics of this kind are refused */
    public Namespace of(Topic topic) {
        Namespace own = byName.get(topic.namespace());
        if (own != null) return own;
        if (fallback == null) throw new UnknownNamespaceException(topic);
        return fallback;
    }

    /** Whether any of them wants publications to be on a replica before they are acknowledged. */
    public boolean needReplica() {
        return byName.values().stream().anyMatch(each -> each.durability() == Durability.REPLICATED);
    }
}
