package io.fanwire.client;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * Calls the user's listeners and survives what they throw: it goes to {@link ClientListener#onError}, and if that throws
 * as well, to the log. Owned by the loop.
 */
final class ListenerCalls {
    private final ClientListener listener;

    ListenerCalls(ClientListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<ClientListener> call) {
        run(() -> call.accept(listener));
    }

    void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            error(e);
        }
    }

    void error(Throwable error) {
        try {
            listener.onError(error);
        } catch (RuntimeException | Error e) {
            e.addSuppressed(error);
            System.getLogger("io.fanwire.client").log(Level.WARNING, "ClientListener.onError threw", e);
        }
    }
}
