package io.fanwire.node.backplane.redis;

import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/** One thread for all connections of a Lettuce client, so that this thread can own the state behind them. */
final class SingleLoop extends DefaultEventLoopGroupProvider {
    private volatile @Nullable EventLoop loop;

    SingleLoop(String threadName) {
        super(1, (io.lettuce.core.resource.ThreadFactoryProvider) pool -> new DefaultThreadFactory(threadName, true));
    }

    @Override
    public <T extends EventLoopGroup> T allocate(Class<T> type) {
        T group = super.allocate(type);
        loop = group.next();
        return group;
    }

    /** @throws IllegalStateException before the first connection */
    EventLoop get() {
        EventLoop present = loop;
        if (present == null) throw new IllegalStateException("no connection was opened yet");
        return present;
    }
}
