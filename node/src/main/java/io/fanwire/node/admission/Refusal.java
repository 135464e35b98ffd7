package io.fanwire.node.admission;

/** Why a handshake is answered with an error, and how. The one table for the answer, the metric and the docs. */
public enum Refusal {
    DRAINING(503, 3, "this node is about to stop: come again, and you get another"),
    OVERLOADED(503, 5, "this node has as much to do as it can"),
    NODE_FULL(503, 5, "this node has as many connections as it can"),
    ADDRESS_FULL(429, 5, "your address has as many connections as it may"),
    TOO_MANY_HANDSHAKES(503, 5, "too many connect at once");

    private final int status;
    private final int maxRetrySeconds;
    private final String line;

    Refusal(int status, int maxRetrySeconds, String line) {
        this.status = status;
        this.maxRetrySeconds = maxRetrySeconds;
        this.line = line;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The most that {@code Retry-After} asks for; the least is one second. */
    public int maxRetrySeconds() {
        return maxRetrySeconds;
    }

    /** For a person to read. */
    public String line() {
        return line;
    }
}
