package io.fanwire.node.observe;

/** How the node is, in the two senses in which a supervisor asks. */
public interface Health {
    /** Whether the process does its work; if not, only a restart helps. */
    Answer live();

    /** Whether clients should be sent here. */
    Answer ready();

    /**
     * @param line why, for an operator to read
     */
    record Answer(boolean ok, String line) {}
}
