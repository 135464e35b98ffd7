package io.fanwire.node;

import java.util.List;
import sun.misc.Signal;

/**
 * Hears SIGTERM and SIGINT. The JVM's own way, a shutdown hook, hears the first one only, and a second must be able to
 * hurry the first. The class is the JDK's, exported by jdk.unsupported for want of another.
 */
final class Signals {
    private Signals() {}

    /** @param action called on a thread of its own for each signal */
    static void onStop(Runnable action) {
        for (String name : List.of("TERM", "INT")) Signal.handle(new Signal(name), signal -> action.run());
    }
}
