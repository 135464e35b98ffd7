package io.fanwire.node.backplane.redis;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The thread of Lettuce's connections for subscriptions. */
record NettyLoop(EventLoop loop) implements Loop {
    @Override
    public void execute(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException e) {
            // Closed: nothing is owned any more.
            return;
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    public void schedule(Runnable work, Duration delay) {
        try {
            loop.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return;
        }
    }
}
