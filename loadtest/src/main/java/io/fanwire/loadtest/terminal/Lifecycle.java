package io.fanwire.loadtest.terminal;

import io.fanwire.client.ClientClosedException;
import io.fanwire.client.ClientListener;
import io.fanwire.client.ConnectionInfo;
import io.fanwire.client.Disconnection;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Tells a user at the terminal of lost and regained connections. Called on the client's loop. */
final class Lifecycle implements ClientListener {
    private final PrintStream err;
    private final Consumer<String> closed;
    private boolean troubled;

    /** @param closed hears why, when the client gives up for good */
    Lifecycle(PrintStream err, Consumer<String> closed) {
        this.err = err;
        this.closed = closed;
    }

    @Override
    public void onConnected(ConnectionInfo connection) {
        if (troubled) err.println("connected to " + connection.url());
        troubled = false;
    }

    @Override
    public void onDisconnected(Disconnection end) {
        if (!end.willReconnect()) return;
        troubled = true;
        err.println("no connection to " + end.url() + ": " + why(end) + "; next attempt in "
                + end.retryIn().toMillis() + " ms");
    }

    @Override
    public void onClosed(ClientClosedException why) {
        closed.accept(String.valueOf(why.getMessage()));
    }

    @Override
    public void onError(Throwable error) {
        err.println(String.valueOf(error.getMessage()));
    }

    private static String why(Disconnection end) {
        return end.reason().isEmpty() ? "close code " + end.closeCode() : end.reason();
    }
}
