package io.fanwire.client;

import io.fanwire.protocol.v1.ErrorCode;

/** The client is closed: by {@link FanwireClient#close()}, or by a node with a close code that forbids to reconnect. */
public final class ClientClosedException extends FanwireException {
    private static final long serialVersionUID = 1L;

    private final int closeCode;

    ClientClosedException(int closeCode, String message) {
        super(ErrorCode.ERROR_CODE_UNSPECIFIED, message, false);
        this.closeCode = closeCode;
    }

    /** The WebSocket close code; 1000 if the client was closed by its user. */
    public int closeCode() {
        return closeCode;
    }
}
