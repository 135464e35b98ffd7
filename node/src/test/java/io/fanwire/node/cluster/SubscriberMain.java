package io.fanwire.node.cluster;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import java.util.concurrent.CountDownLatch;

/** A client in a process of its own, to be stopped and killed: subscribes and waits. */
public final class SubscriberMain {
    private SubscriberMain() {}

    public static void main(String[] args) throws InterruptedException {
        FanwireClient client =
                FanwireClient.connect(ClientOptions.builder(args[0]).build());
        client.subscribe(args[1], message -> {});
        new CountDownLatch(1).await();
    }
}
