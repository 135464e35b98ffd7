package io.fanwire.node.namespace;

/** What becomes of a subscriber whose next publication is no longer in the topic's log, on a topic without history. */
public enum FallBehind {
    /** It gets the newest publication next, and is told what was left out for it: conflation. */
    LATEST,
    /** It is told what it misses, and goes on with the next publication. */
    GAP,
    /** Its connection is closed with {@code SLOW_CONSUMER}; it may reconnect. */
    CLOSE
}
