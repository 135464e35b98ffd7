package io.fanwire.node;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Stops the node when standard input ends: a parent process that dies takes its nodes along, whatever killed it. */
final class StdinWatch {
    private StdinWatch() {}

    static void start(CountDownLatch stop) {
        Thread watch = new Thread(() -> await(stop), "stdin");
        watch.setDaemon(true);
        watch.start();
    }

    private static void await(CountDownLatch stop) {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // As good as the end.
        }
        stop.countDown();
    }
}
