package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A node that is asked too often says how long to wait, and is not asked before. */
final class RateLimitTest extends ClientFixture {
    private static final Duration WAIT = Duration.ofMillis(400);

    @Test
    void repeatsAPublishWhenTheNodeSaid() throws Exception {
        FanwireClient client = connect();
        CompletionStage<Position> published = client.publish(TOPIC, "hi");
        Peer peer = node.accept();
        Command again = refuseOnce(peer);
        peer.reply(again, Wire.published(1, 1));
        assertThat(get(published).offset()).isEqualTo(1);
    }

    @Test
    void repeatsASubscribeWhenTheNodeSaid() throws Exception {
        FanwireClient client = connect();
        Subscription subscription = client.subscribe(TOPIC, heard);
        Peer peer = node.accept();
        Command again = refuseOnce(peer);
        peer.reply(again, Wire.subscribed(7, 1, 0));
        get(subscription.ready());
    }

    @Test
    void repeatsAHistoryQueryWhenTheNodeSaid() throws Exception {
        FanwireClient client = connect();
        CompletionStage<HistoryPage> page = client.history(TOPIC, HistoryRequest.beginning());
        Peer peer = node.accept();
        Command again = refuseOnce(peer);
        peer.reply(again, Wire.history(1, 0, false));
        get(page);
    }

    @Test
    void aPublishTimesOutAllTheSame() throws Exception {
        FanwireClient client = connect(options(node).publishTimeout(Duration.ofMillis(200)));
        CompletionStage<Position> published = client.publish(TOPIC, "hi");
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.rateLimited(50_000));
        FanwireException error = (FanwireException) failure(published);
        assertThat(error).isInstanceOf(PublishTimeoutException.class);
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
        assertThat(((FanwireException) error.getCause()).retryAfter()).isEqualTo(Duration.ofSeconds(50));
    }

    /** The same command, after the time. */
    private static Command refuseOnce(Peer peer) throws InterruptedException {
        Command first = peer.next();
        long start = System.nanoTime();
        peer.reply(first, Wire.rateLimited((int) WAIT.toMillis()));
        Command again = peer.next();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(WAIT);
        assertThat(again.getCommandCase()).isEqualTo(first.getCommandCase());
        return again;
    }
}
