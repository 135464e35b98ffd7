package io.fanwire.node;

import java.io.IOException;

/** Stops the node when standard input ends: a parent process that dies takes its nodes along, whatever killed it. In
 * a hurry: whoever could have waited for the clients is gone. */
final class StdinWatch {
    private StdinWatch() {}

    static void start(Stop stop) {
        Thread watch = new Thread(() -> await(stop), "stdin");
        watch.setDaemon(true);
        watch.start();
    }

    private static void await(Stop stop) {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // As good as the end.
        }
        stop.hurry();
    }
}
