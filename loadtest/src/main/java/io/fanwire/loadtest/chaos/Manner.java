package io.fanwire.loadtest.chaos;

/** How a connection of an attack misbehaves. */
enum Manner {
    /** It says nothing. */
    IDLE("idle connections"),
    /** It asks for a WebSocket, one byte a second. */
    SLOW_HANDSHAKE("slow handshakes"),
    /** It asks for a WebSocket and leaves with the answer; the next one comes at once. */
    BURST("connection attempts");

    private final String text;

    Manner(String text) {
        this.text = text;
    }

    /** Whether who is thrown out comes again, so that there are as many all the time. */
    boolean isKeptUp() {
        return this != BURST;
    }

    /** As a report says it. */
    @Override
    public String toString() {
        return text;
    }
}
