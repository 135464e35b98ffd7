package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Gap;
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
    void repeatsAnUnsubscribeWhenTheNodeSaid() throws Exception {
        Subscription subscription = connect().subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(subscription.ready());
        CompletionStage<Void> left = subscription.unsubscribe();
        Command again = refuseOnce(peer);
        assertThat(left.toCompletableFuture()).isNotDone();
        peer.reply(again, Wire.unsubscribed());
        get(left);
    }

    @Test
    void subscribesAnewOnceTheNodeHasTakenTheUnsubscribe() throws Exception {
        FanwireClient client = connect();
        Subscription first = client.subscribe(TOPIC, heard);
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        get(first.ready());
        first.unsubscribe();
        Subscription second = client.subscribe(TOPIC, heard);
        Command again = refuseOnce(peer);
        peer.reply(again, Wire.unsubscribed());
        peer.confirmSubscribe(TOPIC, 8, 1, 0);
        get(second.ready());
    }

    @Test
    void asksAgainBehindItsPositionOnceTheNodeHasTakenTheUnsubscribe() throws Exception {
        Peer peer = subscribed(connect(), 1, 10);
        peer.send(Wire.gap(7, 2, 5, 4, Gap.Reason.REASON_EPOCH_CONTINUED));
        Command again = refuseOnce(peer);
        assertThat(again.hasUnsubscribe()).isTrue();
        peer.reply(again, Wire.unsubscribed());
        Command subscribe = peer.next();
        assertThat(subscribe.getSubscribe().getSince().getPosition()).isEqualTo(Wire.position(1, 10));
        peer.reply(subscribe, Wire.resumed(8, 2, 10));
        assertThat(heard.next(2)).contains(new Position(2, 10));
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
        // Enough for an answer on a busy machine.
        FanwireClient client = connect(options(node).publishTimeout(Duration.ofSeconds(3)));
        get(client.ready());
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
