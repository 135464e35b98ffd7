package io.fanwire.node.backplane.redis;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The thread that owns the subscriptions. Work handed to one that has ended is dropped. May be called from any thread. */
interface Loop extends Executor {
    void schedule(Runnable work, Duration delay);
}
