package io.fanwire.node.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.HistoryQuery.Start;
import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.time.Instant;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backplane does. */
public abstract class BackplaneContract {
    private static final int MANY = 1_000_000;
    protected static final Namespaces NAMESPACES = Namespaces.of(
            Namespace.DEFAULT,
            namespace("small", new HistoryConfig(8, Duration.ofMinutes(5), MANY)),
            namespace("brief", new HistoryConfig(1_000, Duration.ofSeconds(1), MANY)),
            namespace("slim", new HistoryConfig(1_000, Duration.ofMinutes(5), 2_000)),
            namespace("none", HistoryConfig.NONE));

    protected final Topic topic = new Topic("contract:" + UUID.randomUUID());
    protected final RecordingListener listener = new RecordingListener();
    protected Backplane backplane;

    /** A new one, with these namespaces. */
    protected abstract Backplane open(Namespaces namespaces);

    /** Lets time pass for the backplane, if that does not pass by itself. */
    protected abstract void pass(Duration time);

    /** The backplane as another node has it; the same one if it knows no other nodes. */
    protected abstract Backplane openOther(Backplane first);

    @BeforeEach
    void openBackplane() {
        backplane = open(NAMESPACES);
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
    void theHistoryHasWhatWasPublished() {
        List<Position> published = publishMany(topic, 5);
        HistoryPage page = read(topic, new Start.Beginning());
        assertThat(positions(page)).isEqualTo(published);
        assertThat(bodies(page)).containsExactly("1", "2", "3", "4", "5");
        assertThat(page.from()).isEqualTo(1);
        assertThat(page.hasMore()).isFalse();
        assertThat(page.lineage()).isEqualTo(Lineage.of(published.get(4)));
    }

    @Test
    void theHistoryStartsAtAnOffset() {
        publishMany(topic, 5);
        assertThat(bodies(read(topic, new Start.Offset(4)))).containsExactly("4", "5");
        assertThat(bodies(read(topic, new Start.Offset(1)))).hasSize(5);
    }

    @Test
    void thereIsNothingBehindTheNewest() {
        publishMany(topic, 5);
        HistoryPage page = read(topic, new Start.Offset(6));
        assertThat(page.publications()).isEmpty();
        assertThat(page.from()).isEqualTo(6);
        assertThat(page.hasMore()).isFalse();
        assertThat(read(topic, new Start.Offset(1L << 50)).publications()).isEmpty();
    }

    @Test
    void theHistoryGivesTheLastSoMany() {
        publishMany(topic, 5);
        assertThat(bodies(read(topic, new Start.Last(2)))).containsExactly("4", "5");
        assertThat(read(topic, new Start.Last(2)).from()).isEqualTo(4);
        assertThat(bodies(read(topic, new Start.Last(100)))).hasSize(5);
        assertThat(read(topic, new Start.Last(100)).from()).isEqualTo(1);
    }

    @Test
    void theHistoryStartsAtATime() {
        publishMany(topic, 3);
        pass(Duration.ofMillis(50));
        Instant between = now();
        pass(Duration.ofMillis(50));
        publishMany(topic, 3);
        HistoryPage page = read(topic, new Start.Time(between));
        assertThat(page.from()).isEqualTo(4);
        assertThat(positions(page)).extracting(Position::offset).containsExactly(4L, 5L, 6L);
        assertThat(read(topic, new Start.Time(Instant.EPOCH)).publications()).hasSize(6);
        assertThat(read(topic, new Start.Time(Instant.MIN)).publications()).hasSize(6);
        HistoryPage future = read(topic, new Start.Time(Instant.MAX));
        assertThat(future.publications()).isEmpty();
        assertThat(future.from()).isEqualTo(7);
    }

    @Test
    void theHistoryIsReadInPages() {
        publishMany(topic, 50);
        List<String> all = new ArrayList<>();
        HistoryPage page = read(topic, new HistoryQuery(new Start.Beginning(), 7, MANY));
        while (page.hasMore()) {
            assertThat(page.publications()).hasSize(7);
            all.addAll(bodies(page));
            long next = positions(page).get(6).offset() + 1;
            page = read(topic, new HistoryQuery(new Start.Offset(next), 7, MANY));
        }
        all.addAll(bodies(page));
        assertThat(all)
                .isEqualTo(
                        IntStream.rangeClosed(1, 50).mapToObj(Integer::toString).toList());
    }

    @Test
    void aPageThatTheHistoryFillsExactlyHasNoMore() {
        publishMany(topic, 7);
        assertThat(read(topic, new HistoryQuery(new Start.Beginning(), 7, MANY)).hasMore())
                .isFalse();
        assertThat(read(topic, new HistoryQuery(new Start.Beginning(), 6, MANY)).hasMore())
                .isTrue();
    }

    @Test
    void aPageIsBoundedByBytesButHasOneAtLeast() {
        for (int i = 0; i < 5; i++) publish("x".repeat(100));
        assertThat(read(topic, new HistoryQuery(new Start.Beginning(), 100, 250))
                        .publications())
                .hasSize(2);
        HistoryPage tiny = read(topic, new HistoryQuery(new Start.Beginning(), 100, 1));
        assertThat(tiny.publications()).hasSize(1);
        assertThat(tiny.hasMore()).isTrue();
    }

    @Test
    void aPageOfNothingTellsWhereTheStartIs() {
        publishMany(topic, 5);
        HistoryPage page = read(topic, new HistoryQuery(new Start.Last(2), 0, MANY));
        assertThat(page.publications()).isEmpty();
        assertThat(page.from()).isEqualTo(4);
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void theHistoryIsBoundedBySize() {
        Topic small = new Topic("small:" + topic.name());
        for (int i = 1; i <= 100; i++) {
            publishMany(small, 1);
            // An eighth more may be there.
            assertThat(read(small, new Start.Beginning()).publications())
                    .hasSizeBetween(Math.min(i, 8), Math.min(i, 9));
        }
        HistoryPage page = read(small, new Start.Offset(50));
        long oldest = positions(page).get(0).offset();
        assertThat(page.from()).isEqualTo(50);
        assertThat(oldest).isBetween(92L, 93L);
        assertThat(read(small, new Start.Beginning()).from()).isEqualTo(oldest);
        assertThat(read(small, new Start.Last(50)).from()).isEqualTo(oldest);
    }

    @Test
    void theHistoryIsBoundedByBytes() {
        Topic slim = new Topic("slim:" + topic.name());
        for (int i = 0; i < 100; i++) await(backplane.publish(slim, text("x".repeat(200))));
        // As they are stored, which may take a little more; and an eighth more may be there.
        assertThat(read(slim, new Start.Beginning()).publications().size()).isBetween(7, 11);
    }

    @Test
    void theHistoryIsBoundedByAge() {
        Topic brief = new Topic("brief:" + topic.name());
        publishMany(brief, 50);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            pass(Duration.ofSeconds(2));
            publishMany(brief, 1);
            return read(brief, new Start.Beginning()).from() > 50;
        });
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            pass(Duration.ofSeconds(2));
            return read(brief, new Start.Beginning()).publications().isEmpty();
        });
        Position newest = read(brief, new Start.Beginning()).lineage().newest();
        assertThat(publishMany(brief, 1)).containsExactly(newest.next());
    }

    @Test
    void aTopicWithoutHistoryHasALineageAllTheSame() {
        Topic none = new Topic("none:" + topic.name());
        Position newest = publishMany(none, 3).get(2);
        for (Start start : List.of(new Start.Beginning(), new Start.Last(2), new Start.Time(Instant.EPOCH))) {
            HistoryPage page = read(none, start);
            assertThat(page).isEqualTo(new HistoryPage(Lineage.of(newest), 4, List.of(), false));
        }
        assertThat(read(none, new Start.Offset(2))).isEqualTo(new HistoryPage(Lineage.of(newest), 2, List.of(), false));
    }

    @Test
    void theHistoryOfANewTopicIsEmptyAndTellsItsEpoch() {
        HistoryPage page = read(topic, new Start.Beginning());
        assertThat(page.publications()).isEmpty();
        assertThat(page.from()).isEqualTo(1);
        assertThat(page.lineage().newest().offset()).isZero();
        assertThat(publish("a")).isEqualTo(page.lineage().newest().next());
    }

    @Test
    void aRepeatedIdempotencyKeyIsOnceInTheHistory() {
        await(backplane.publish(topic, keyed("a", "key")));
        await(backplane.publish(topic, keyed("b", "key")));
        publish("c");
        assertThat(bodies(read(topic, new Start.Beginning()))).containsExactly("a", "c");
    }

    @Test
    void anotherNodeReadsTheSameHistory() {
        List<Position> published = publishMany(topic, 5);
        Backplane other = openOther(backplane);
        try {
            HistoryQuery query = new HistoryQuery(new Start.Beginning(), 100, MANY);
            assertThat(positions(await(other.read(topic, query)))).isEqualTo(published);
        } finally {
            other.close();
        }
    }

    @Test
    void manyReadsAtOnceAllSucceed() {
        publishMany(topic, 20);
        List<CompletionStage<HistoryPage>> pages = new ArrayList<>();
        HistoryQuery query = new HistoryQuery(new Start.Beginning(), 100, MANY);
        for (int i = 0; i < 1_000; i++) pages.add(backplane.read(topic, query));
        for (CompletionStage<HistoryPage> page : pages)
            assertThat(await(page).publications()).hasSize(20);
    }

    @Test
    void isUpUntilItIsClosed() {
        assertThat(backplane.state()).isEqualTo(BackplaneState.UP);
        assertThat(backplane.trouble()).isEmpty();
        backplane.close();
        assertThat(backplane.state()).isEqualTo(BackplaneState.DOWN);
        assertThat(backplane.trouble()).isNotEmpty();
    }

    @Test
    void afterClosingEverythingFailsAtOnce() {
        subscribe();
        backplane.close();
        assertFails(backplane.publish(topic, text("late")), Kind.UNAVAILABLE);
        assertFails(backplane.subscribe(topic, listener), Kind.UNAVAILABLE);
        HistoryQuery query = new HistoryQuery(new Start.Beginning(), 1, 1);
        assertFails(backplane.read(topic, query), Kind.UNAVAILABLE);
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

    /** The backplane's time. */
    protected abstract Instant now();

    protected final List<Position> publishMany(Topic to, int count) {
        List<Position> positions = new ArrayList<>();
        for (int i = 1; i <= count; i++) positions.add(await(backplane.publish(to, text(Integer.toString(i)))));
        return positions;
    }

    protected final HistoryPage read(Topic of, Start start) {
        return read(of, new HistoryQuery(start, 1_000, MANY));
    }

    protected final HistoryPage read(Topic of, HistoryQuery query) {
        return await(backplane.read(of, query));
    }

    protected static List<Position> positions(HistoryPage page) {
        return page.publications().stream().map(StoredPublication::position).toList();
    }

    protected static List<String> bodies(HistoryPage page) {
        return page.publications().stream()
                .map(each -> new String(each.body(), UTF_8))
                .toList();
    }

    private static Namespace namespace(String name, HistoryConfig history) {
        return new Namespace(name, history, true, FallBehind.GAP, Limits.MAX_PAYLOAD_BYTES, Durability.ACKNOWLEDGED);
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
