package io.fanwire.bench.capacity;

/** What limits the connections of a node. */
public enum Bound {
    TRIED("connections tried"),
    MEMORY("memory"),
    HEAP("heap"),
    CPU("CPU"),
    NETWORK("network"),
    RETURN("handshakes"),
    FILES("files");

    private final String text;

    Bound(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
