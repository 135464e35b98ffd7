package io.fanwire.node.admission;

/** Why a handshake is answered with an error, and how. The one table for the answer, the metric and the docs. */
public enum Refusal {
    DRAINING(503, 3, "this node is about to stop: come again, and you get another"),
    OVERLOADED(503, 5, "this node has as much to do as it can"),
    NODE_FULL(503, 5, "this node has as many connections as it can"),
    ADDRESS_FULL(429, 5, "your address has as many connections as it may"),
    TOO_MANY_HANDSHAKES(503, 5, "too many connect at once"),
    /** It has more headers than the node reads. Coming again does not help, nor does it for the next. */
    HEADERS_TOO_LONG(431, 0, "your headers are too long"),
    /** Something else than a handshake of this protocol; it may be answered by another status, too. */
    NO_HANDSHAKE(400, 0, "this is no handshake");

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

    /** The most that {@code Retry-After} asks for; the least is one second. 0: there is none. */
    public int maxRetrySeconds() {
        return maxRetrySeconds;
    }

    /** For a person to read. */
    public String line() {
        return line;
    }
}
