package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class PublishTest extends ClientFixture {
    private static final Duration SHORT = Duration.ofMillis(300);
    // Enough for an answer on a busy machine.
    private static final Duration SOON = Duration.ofSeconds(3);

    @Test
    void completesWithThePosition() throws Exception {
        CompletionStage<Position> published = connect().publish(TOPIC, "hi");
        Peer peer = node.accept();
        Command command = peer.next();
        assertThat(command.getId()).isPositive();
        assertThat(command.getPublish().getTopic()).isEqualTo(TOPIC);
        assertThat(command.getPublish().getText()).isEqualTo("hi");
        peer.reply(command, Wire.published(1, 42));
        assertThat(get(published)).isEqualTo(new Position(1, 42));
    }

    @Test
    void publishesBytes() throws Exception {
        connect().publish(TOPIC, new byte[] {1, 2, 3});
        assertThat(node.accept().next().getPublish().getBinary().toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void givesEachPublishAKeyOfItsOwn() throws Exception {
        FanwireClient client = connect();
        client.publish("a", "1");
        client.publish("b", "2");
        Peer peer = node.accept();
        String first = peer.next().getPublish().getIdempotencyKey();
        String second = peer.next().getPublish().getIdempotencyKey();
        assertThat(first).isNotEmpty().isNotEqualTo(second).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void takesTheCallersKey() throws Exception {
        FanwireClient client = connect();
        client.publish(TOPIC, "hi", "order-17");
        assertThat(node.accept().next().getPublish().getIdempotencyKey()).isEqualTo("order-17");
        assertThatThrownBy(() -> client.publish(TOPIC, "hi", "k".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64");
    }

    @Test
    void sendsAnUnacknowledgedPublishAgainWithItsKey() throws Exception {
        CompletionStage<Position> published = connect().publish(TOPIC, "hi");
        Peer first = node.accept();
        String key = first.next().getPublish().getIdempotencyKey();
        first.cut();
        Peer second = node.accept();
        Command again = second.next();
        assertThat(again.getPublish().getIdempotencyKey()).isEqualTo(key);
        second.reply(again, Wire.published(1, 1));
        assertThat(get(published)).isEqualTo(new Position(1, 1));
        assertThat(second.hasNoCommandWaiting()).isTrue();
    }

    @Test
    void keepsTheOrderOfATopicOverABrokenConnection() throws Exception {
        FanwireClient client = connect();
        for (String text : List.of("1", "2", "3")) client.publish(TOPIC, text);
        Peer first = node.accept();
        assertThat(first.next().getPublish().getText()).isEqualTo("1");
        first.cut();
        Peer second = node.accept();
        List<String> order = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Command command = second.next();
            order.add(command.getPublish().getText());
            second.reply(command, Wire.published(1, i));
        }
        assertThat(order).containsExactly("1", "2", "3");
    }

    @Test
    void topicsDoNotWaitForEachOther() throws Exception {
        FanwireClient client = connect();
        client.publish("slow", "never answered");
        CompletionStage<Position> other = client.publish("fast", "hi");
        Peer peer = node.accept();
        peer.next();
        peer.reply(peer.next(), Wire.published(1, 1));
        get(other);
    }

    @Test
    void triesAgainAfterAnErrorThatMayPass() throws Exception {
        FanwireClient client = connect();
        CompletionStage<Position> first = client.publish(TOPIC, "1");
        CompletionStage<Position> second = client.publish(TOPIC, "2");
        Peer peer = node.accept();
        Command refused = peer.next();
        peer.reply(refused, Wire.error(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE, "no Redis", true));
        Command again = peer.next();
        assertThat(again.getPublish()).isEqualTo(refused.getPublish());
        peer.reply(again, Wire.published(1, 1));
        peer.reply(peer.next(), Wire.published(1, 2));
        assertThat(get(first).offset()).isEqualTo(1);
        assertThat(get(second).offset()).isEqualTo(2);
    }

    @Test
    void repeatsUnderItsKeyWhatNoReplicaHasConfirmed() throws Exception {
        CompletionStage<Position> published = connect().publish(TOPIC, "1");
        Peer peer = node.accept();
        Command first = peer.next();
        peer.reply(first, Wire.error(ErrorCode.ERROR_CODE_NOT_REPLICATED, "no replica in time", true));
        Command again = peer.next();
        assertThat(again.getPublish()).isEqualTo(first.getPublish());
        assertThat(again.getPublish().getIdempotencyKey()).isNotEmpty();
        peer.reply(again, Wire.published(1, 1));
        assertThat(get(published)).isEqualTo(new Position(1, 1));
    }

    @Test
    void failsWithTheNodesRefusal() throws Exception {
        FanwireClient client = connect();
        CompletionStage<Position> refused = client.publish(TOPIC, "1");
        client.publish(TOPIC, "2");
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_BAD_COMMAND, "no", false));
        FanwireException error = (FanwireException) failure(refused);
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_BAD_COMMAND);
        assertThat(error.retryable()).isFalse();
        assertThat(peer.next().getPublish().getText()).isEqualTo("2");
    }

    @Test
    void timesOutWhenNoNodeAnswers() throws Exception {
        FanwireClient client = connect(options(node).publishTimeout(SHORT));
        Throwable error = failure(client.publish(TOPIC, "hi"));
        assertThat(error).isInstanceOf(PublishTimeoutException.class).hasMessageContaining("300 ms");
    }

    @Test
    void timesOutWithTheLastError() throws Exception {
        FanwireClient client =
                connect(options(node).publishTimeout(SOON).backoff(Duration.ofSeconds(60), Duration.ofSeconds(60)));
        get(client.ready());
        CompletionStage<Position> published = client.publish(TOPIC, "hi");
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_OVERLOADED, "busy", true));
        FanwireException error = (FanwireException) failure(published);
        assertThat(error).isInstanceOf(PublishTimeoutException.class).hasMessageContaining("busy");
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_OVERLOADED);
    }

    @Test
    void aPublishThatIsTooLateDoesNotHoldUpTheNext() throws Exception {
        FanwireClient client = connect(options(node).publishTimeout(SOON));
        get(client.ready());
        Peer peer = node.accept();
        CompletionStage<Position> late = client.publish(TOPIC, "1");
        Command first = peer.next();
        assertThat(failure(late)).isInstanceOf(PublishTimeoutException.class);
        CompletionStage<Position> next = client.publish(TOPIC, "2");
        Command second = peer.next();
        peer.reply(first, Wire.published(1, 1));
        peer.reply(second, Wire.published(1, 2));
        assertThat(get(next).offset()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsOverTheLimit() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect(options(node).maxPendingPublishes(2));
        client.publish(TOPIC, "1");
        client.publish(TOPIC, "2");
        FanwireException error = (FanwireException) failure(client.publish(TOPIC, "3"));
        assertThat(error).isInstanceOf(PendingLimitException.class);
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void anAcknowledgedPublishMakesRoomForItsFollower() throws Exception {
        FanwireClient client = connect(options(node).maxPendingPublishes(1));
        CompletionStage<Position> both = client.publish(TOPIC, "1").thenCompose(position -> client.publish(TOPIC, "2"));
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.published(1, 1));
        peer.reply(peer.next(), Wire.published(1, 2));
        assertThat(get(both).offset()).isEqualTo(2);
    }

    @Test
    void putsWhatWaitsIntoOneFrame() throws Exception {
        FanwireClient client = connect();
        Peer peer = forgetFromAListener(client, 100, "x");
        for (int i = 0; i < 100; i++) peer.next();
        // connect, subscribe, the first publish; all the others came while that was on its way
        assertThat(peer.commandsPerFrame).containsExactly(1, 1, 1, 99);
    }

    @Test
    void putsNoMoreCommandsIntoAFrameThanTheProtocolAllows() throws Exception {
        Peer peer = forgetFromAListener(connect(), 3_000, "x");
        for (int i = 0; i < 3_000; i++) peer.next();
        assertThat(peer.commandsPerFrame).allMatch(count -> count <= Limits.MAX_COMMANDS_PER_FRAME);
    }

    @Test
    void putsNoMoreCommandsIntoAFrameThanTheNodeTakes() throws Exception {
        node.welcome = node.welcome.setMaxCommandsPerFrame(3);
        Peer peer = forgetFromAListener(connect(), 10, "x");
        for (int i = 0; i < 10; i++) peer.next();
        // connect, subscribe, the first publish; the others came while that was on its way
        assertThat(peer.commandsPerFrame).containsExactly(1, 1, 1, 3, 3, 3);
    }

    @Test
    void splitsWhatDoesNotFitIntoOneFrame() throws Exception {
        node.welcome = node.welcome.setMaxFrameBytes(1_000);
        Peer peer = forgetFromAListener(connect(), 20, "x".repeat(300));
        for (int i = 0; i < 20; i++) peer.next();
        assertThat(peer.bytesPerFrame).allMatch(bytes -> bytes <= 1_000).hasSizeLessThan(2 + 20);
    }

    @Test
    void forgetsWithoutAnId() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        assertThat(client.publishAndForget(TOPIC, "hi")).isTrue();
        assertThat(client.publishAndForget(TOPIC, new byte[] {1})).isTrue();
        Command command = node.accept().next();
        assertThat(command.getId()).isZero();
        assertThat(command.getPublish().getIdempotencyKey()).isEmpty();
    }

    @Test
    void saysThatItDropsWhatItCannotSend() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect();
        node.accept();
        assertThat(client.publishAndForget(TOPIC, "hi")).isFalse();
    }

    @Test
    void refusesAPayloadThatIsTooLarge() throws Exception {
        FanwireClient client = connect();
        byte[] large = new byte[Limits.MAX_PAYLOAD_BYTES + 1];
        FanwireException error = (FanwireException) failure(client.publish(TOPIC, large));
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_PAYLOAD_TOO_LARGE);
        assertThatThrownBy(() -> client.publishAndForget(TOPIC, large)).isInstanceOf(FanwireException.class);
    }

    @Test
    void refusesWhatDoesNotFitIntoAFrameOfThisNode() throws Exception {
        node.welcome = node.welcome.setMaxFrameBytes(1_000);
        FanwireException error = (FanwireException) failure(connect().publish(TOPIC, "x".repeat(1_000)));
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_PAYLOAD_TOO_LARGE);
    }

    @Test
    void saysAtTheCallThatATopicBreaksTheGrammar() {
        FanwireClient client = connect();
        assertThatThrownBy(() -> client.publish("", "hi")).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> client.publishAndForget(":x", "hi")).isInstanceOf(InvalidTopicException.class);
    }

    /** While a listener runs, the loop does nothing else: what it hands in is all there before the first is sent. */
    private Peer forgetFromAListener(FanwireClient client, int count, String text) throws Exception {
        client.subscribe(TOPIC, message -> {
            for (int i = 0; i < count; i++) client.publishAndForget("other", text);
        });
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        peer.send(Wire.publication(7, 1, "go"));
        return peer;
    }
}
