package io.fanwire.node.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backplane does. */
public abstract class BackplaneContract {
    protected final Topic topic = new Topic("contract:" + UUID.randomUUID());
    protected final RecordingListener listener = new RecordingListener();
    protected Backplane backplane;

    /** A new one. */
    protected abstract Backplane open();

    /** The backplane as another node has it; the same one if it knows no other nodes. */
    protected abstract Backplane openOther(Backplane first);

    @BeforeEach
    void openBackplane() {
        backplane = open();
    }

    @AfterEach
    void closeBackplane() {
        backplane.close();
    }

    @Test
    void publicationsReachTheSubscriberInTheirOrderWithTheirBodies() {
        subscribe();
        for (int i = 0; i < 1_000; i++) backplane.publish(topic, text("message " + i));
        listener.awaitPublications(1_000);
        assertThat(listener.texts())
                .isEqualTo(
                        IntStream.range(0, 1_000).mapToObj(i -> "message " + i).toList());
        listener.assertUnbroken();
    }

    @Test
    void positionsStartAtOneAndRiseByOneInOneEpoch() {
        Position first = publish("a");
        assertThat(first.offset()).isEqualTo(1);
        assertThat(first.epoch()).isPositive().isLessThan(1L << 53);
        assertThat(publish("b")).isEqualTo(first.next());
        assertThat(publish("c")).isEqualTo(first.next().next());
    }

    @Test
    void thePublisherAndTheSubscriberGetTheSamePosition() {
        subscribe();
        List<Position> published = List.of(publish("a"), publish("b"));
        listener.awaitPublications(2);
        assertThat(listener.positions()).isEqualTo(published);
    }

    @Test
    void subscribingTellsWhereTheTopicStands() {
        Position newest = publish("before");
        assertThat(subscribe()).isEqualTo(newest);
        publish("after");
        listener.awaitPublications(1);
        assertThat(listener.texts()).containsExactly("after");
    }

    @Test
    void subscribingToANewTopicTellsTheEpochOfItsFirstPublication() {
        Position start = subscribe();
        assertThat(start.offset()).isZero();
        assertThat(publish("first")).isEqualTo(start.next());
        listener.awaitPublications(1);
        assertThat(listener.gaps()).isEmpty();
    }

    @Test
    void publishingWithoutASubscriberCounts() {
        publish("heard by nobody");
        assertThat(publish("nor this").offset()).isEqualTo(2);
    }

    @Test
    void topicsDoNotMix() {
        subscribe();
        await(backplane.publish(new Topic(topic + "x"), text("elsewhere")));
        publish("here");
        listener.awaitPublications(1);
        assertThat(listener.texts()).containsExactly("here");
    }

    @Test
    void nothingComesAfterUnsubscribing() {
        subscribe();
        publish("before");
        listener.awaitPublications(1);
        backplane.unsubscribe(topic);
        RecordingListener next = new RecordingListener();
        // Once the next one has begun, the last one has ended.
        Position start = await(backplane.subscribe(topic, next));
        assertThat(publish("after")).isEqualTo(start.next());
        next.awaitPublications(1);
        assertThat(next.texts()).containsExactly("after");
        assertThat(listener.texts()).containsExactly("before");
    }

    @Test
    void whoSubscribesAgainMissesWhatCameBetween() {
        subscribe();
        backplane.unsubscribe(topic);
        publish("between");
        RecordingListener next = new RecordingListener();
        await(backplane.subscribe(topic, next));
        publish("after");
        next.awaitPublications(1);
        assertThat(next.texts()).containsExactly("after");
        assertThat(next.gaps()).isEmpty();
    }

    @Test
    void unsubscribingFromAnUnknownTopicIsIgnored() {
        backplane.unsubscribe(topic);
        subscribe();
        publish("still works");
        listener.awaitPublications(1);
    }

    @Test
    void aTopicHasOneSubscription() {
        subscribe();
        assertFails(backplane.subscribe(topic, new RecordingListener()), Kind.FAILED);
        publish("to the first");
        listener.awaitPublications(1);
    }

    @Test
    void anIdempotencyKeyPublishesOnce() {
        subscribe();
        Position first = await(backplane.publish(topic, keyed("a", "key")));
        assertThat(await(backplane.publish(topic, keyed("b", "key")))).isEqualTo(first);
        assertThat(await(backplane.publish(topic, keyed("c", "other key")))).isEqualTo(first.next());
        listener.awaitPublications(2);
        assertThat(listener.texts()).containsExactly("a", "c");
    }

    @Test
    void idempotencyKeysOfTwoTopicsDoNotMeet() {
        await(backplane.publish(topic, keyed("a", "key")));
        Topic other = new Topic(topic + "x");
        assertThat(await(backplane.publish(other, keyed("b", "key"))).offset()).isEqualTo(1);
        assertThat(await(backplane.publish(other, text("c"))).offset()).isEqualTo(2);
    }

    @Test
    void concurrentPublishersGetUniquePositionsAndTheListenerHearsThemInOrder() throws Exception {
        int publishers = 8;
        int each = 250;
        Position start = subscribe();
        List<Position> published = new ArrayList<>();
        for (Future<List<Position>> positions : publishAtOnce(publishers, each)) published.addAll(positions.get());
        listener.awaitPublications(publishers * each);
        List<Long> expected =
                LongStream.rangeClosed(1, (long) publishers * each).boxed().toList();
        assertThat(published).extracting(Position::offset).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(listener.positions()).extracting(Position::offset).isEqualTo(expected);
        assertThat(listener.positions()).extracting(Position::epoch).containsOnly(start.epoch());
        listener.assertUnbroken();
    }

    @Test
    void everyByteValuePasses() {
        byte[] body = new byte[256];
        for (int i = 0; i < body.length; i++) body[i] = (byte) i;
        assertArrivesWhole(body);
    }

    @Test
    void theLargestPayloadPasses() {
        byte[] body = new byte[Limits.MAX_PAYLOAD_BYTES + 1_024];
        for (int i = 0; i < body.length; i++) body[i] = (byte) (i * 31);
        assertArrivesWhole(body);
    }

    @Test
    void anEmptyBodyPasses() {
        assertArrivesWhole(new byte[0]);
    }

    @Test
    void aPublicationOnOneNodeReachesAnother() {
        Backplane other = openOther(backplane);
        try {
            subscribe();
            Position position = await(other.publish(topic, text("hello")));
            listener.awaitPublications(1);
            assertThat(listener.positions()).containsExactly(position);
            assertThat(listener.texts()).containsExactly("hello");
        } finally {
            other.close();
        }
    }

    @Test
    void isUpUntilItIsClosed() {
        assertThat(backplane.state()).isEqualTo(BackplaneState.UP);
        backplane.close();
        assertThat(backplane.state()).isEqualTo(BackplaneState.DOWN);
    }

    @Test
    void afterClosingEverythingFailsAtOnce() {
        subscribe();
        backplane.close();
        assertFails(backplane.publish(topic, text("late")), Kind.UNAVAILABLE);
        assertFails(backplane.subscribe(topic, listener), Kind.UNAVAILABLE);
        backplane.unsubscribe(topic);
        backplane.close();
    }

    @Test
    void closingLeavesNoStageOpen() {
        List<CompletionStage<Position>> stages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            stages.add(backplane.publish(topic, text("a")));
            stages.add(backplane.subscribe(new Topic(topic + "-" + i), new RecordingListener()));
        }
        backplane.close();
        for (CompletionStage<Position> stage : stages) {
            assertThat(stage.toCompletableFuture()
                            .handle((p, e) -> true)
                            .orTimeout(5, SECONDS)
                            .join())
                    .isTrue();
        }
    }

    protected final Position subscribe() {
        return await(backplane.subscribe(topic, listener));
    }

    protected final Position publish(String body) {
        return await(backplane.publish(topic, text(body)));
    }

    protected static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, SECONDS).join();
    }

    protected static OutgoingPublication text(String body) {
        return keyed(body, "");
    }

    protected static OutgoingPublication keyed(String body, String key) {
        return new OutgoingPublication(body.getBytes(UTF_8), key);
    }

    protected static void assertFails(CompletionStage<?> stage, Kind kind) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BackplaneException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private void assertArrivesWhole(byte[] body) {
        subscribe();
        await(backplane.publish(topic, new OutgoingPublication(body, "")));
        listener.awaitPublications(1);
        assertThat(listener.publications().get(0).body()).isEqualTo(body);
    }

    private List<Future<List<Position>>> publishAtOnce(int publishers, int each) {
        ExecutorService pool = Executors.newFixedThreadPool(publishers);
        CountDownLatch start = new CountDownLatch(publishers);
        List<Future<List<Position>>> results = new ArrayList<>();
        for (int i = 0; i < publishers; i++) results.add(pool.submit(() -> publishMany(start, each)));
        pool.shutdown();
        return results;
    }

    private List<Position> publishMany(CountDownLatch start, int count) throws InterruptedException {
        start.countDown();
        start.await();
        List<CompletionStage<Position>> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) stages.add(backplane.publish(topic, text("m")));
        return stages.stream().map(BackplaneContract::await).toList();
    }
}
