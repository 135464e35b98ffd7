package io.fanwire.loadtest.verify;

import static org.awaitility.Awaitility.await;

import io.fanwire.client.ClientOptions;
import io.fanwire.client.FanwireClient;
import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class PublishersIT {
    private static final int RATE = 500;
    // Before the first publish to the frozen node is given up, which makes room for another.
    private static final Duration SOON = VerifyClients.PUBLISH_TIMEOUT.minusSeconds(2);

    private final Tally tally = new Tally();
    private final List<TopicBook> topics = List.of(new TopicBook(0, "frozen:1"), new TopicBook(1, "frozen:2"));

    @Test
    void aFrozenNodeDoesNotHoldUpTheOthersPublishers() throws InterruptedException {
        try (NodeProcess sound = NodeProcess.launch(NodeSpec.onFreePorts());
                NodeProcess frozen = NodeProcess.launch(NodeSpec.onFreePorts());
                FanwireClient one = client(sound);
                FanwireClient other = client(frozen)) {
            Publishers publishers = new Publishers(List.of(one, other), 0, topics, 64, RATE, tally);
            publishers.start();
            awaitPublished(RATE / 2);
            frozen.pause();
            awaitPublished(3 * RATE);
            publishers.stop();
        }
    }

    private void awaitPublished(long count) {
        AtomicLong published = new AtomicLong();
        await().atMost(SOON).until(() -> published.addAndGet(tally.takePublished()) >= count);
    }

    private static FanwireClient client(NodeProcess node) {
        return FanwireClient.connect(ClientOptions.builder(node.url().toString())
                .publishTimeout(VerifyClients.PUBLISH_TIMEOUT)
                .build());
    }
}
