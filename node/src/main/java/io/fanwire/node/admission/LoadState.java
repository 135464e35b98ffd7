package io.fanwire.node.admission;

/** Whether the node can bear more. */
public enum LoadState {
    BEARABLE,
    /** Tasks wait too long for their loop. */
    LANES_BEHIND,
    /** Even a collection leaves too little of the heap. */
    HEAP_FULL,
    /** The kernel would kill the container for a little more. */
    MEMORY_FULL
}
