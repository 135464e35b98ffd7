package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.v1.Error;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.History;
import io.fanwire.protocol.v1.HistoryResult;
import io.fanwire.protocol.v1.Position;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Since;
import io.fanwire.protocol.v1.Subscribe;
import io.fanwire.protocol.v1.Subscribed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node's answers to clients that ask for the past. */
class HistoryTest {
    private static final String KEPT = "kept:topic";
    private static final String SHORT = "short:topic";
    private static final String NONE = "none:topic";
    private static final String FORGETFUL = "forgetful:topic";

    // Logs so small that a few hundred publications are history.
    private final TestNode node = TestNode.start(
            "FANWIRE_TOPICS_SEGMENT_BYTES", "1024",
            "FANWIRE_TOPICS_LOG_BYTES", "2048",
            "FANWIRE_NAMESPACES_KEPT_HISTORY_SIZE", "100000",
            "FANWIRE_NAMESPACES_SHORT_HISTORY_SIZE", "100",
            "FANWIRE_NAMESPACES_NONE_HISTORY_SIZE", "0",
            "FANWIRE_NAMESPACES_FORGETFUL_RESUME", "false");
    private final RawClient client = RawClient.connect(node.port());
    private long lastId = 1;

    @AfterEach
    void nothingFailed() {
        assertThat(node.metric("fanwire_lane_failures_total")).isZero();
        client.close();
        node.close();
    }

    @Test
    void aPositionInTheLogResumesWithoutReadingHistory() {
        client.subscribe(++lastId, KEPT);
        Position first = publish(KEPT, 1).get(0);
        publish(KEPT, 2);
        Subscribed again = resubscribe(KEPT, after(first));
        assertThat(again.getResumed()).isTrue();
        assertThat(again.getPosition()).isEqualTo(first);
        assertThat(receive(again, 2)).containsExactly(2L, 3L);
        assertThat(node.metric("fanwire_history_reads_total")).isZero();
    }

    @Test
    void anOldPositionResumesOverSeveralPagesAndThenLive() {
        Position first = publish(KEPT, 500).get(0);
        Subscribed started = subscribe(KEPT, after(first));
        assertThat(started.getResumed()).isTrue();
        publish(KEPT, 50);
        assertThat(receive(started, 549))
                .isEqualTo(LongStream.rangeClosed(2, 550).boxed().toList());
        assertThat(node.metric("fanwire_history_reads_total")).isGreaterThan(5);
        assertThat(node.metric("fanwire_catchups")).isZero();
    }

    @Test
    void beginningLastAndTimeStartWhereTheySay() {
        publish(KEPT, 300);
        assertThat(receive(subscribe(KEPT, since().setBeginning(true)), 300)).startsWith(1L, 2L);
        assertThat(receive(resubscribe(KEPT, since().setLast(3)), 3)).containsExactly(298L, 299L, 300L);
        Subscribed ofTheFuture = resubscribe(KEPT, since().setTimeUs(4_000_000_000_000_000L));
        assertThat(ofTheFuture.getPosition().getOffset()).isEqualTo(300);
        assertThat(receive(resubscribe(KEPT, since().setTimeUs(1)), 300)).startsWith(1L, 2L);
    }

    @Test
    void whatTheHistoryHasDroppedIsToldAsAGap() {
        Position first = publish(SHORT, 300).get(0);
        Subscribed started = subscribe(SHORT, after(first));
        assertThat(started.getResumed()).isTrue();
        Gap gap = client.await(Event::hasGap).getGap();
        assertThat(gap.getReason()).isEqualTo(Gap.Reason.REASON_HISTORY_EXCEEDED);
        assertThat(gap.getFromOffset()).isEqualTo(2);
        assertThat(gap.getToOffset()).isEqualTo(200);
        assertThat(receive(started, 100)).startsWith(201L).endsWith(300L);
    }

    @Test
    void aTopicWithoutHistoryResumesFromTheLogOrTellsAGap() {
        client.subscribe(++lastId, NONE);
        List<Position> positions = publish(NONE, 300);
        Subscribed recent = resubscribe(NONE, after(positions.get(297)));
        assertThat(receive(recent, 2)).containsExactly(299L, 300L);
        resubscribe(NONE, after(positions.get(0)));
        Gap gap = client.await(event -> event.hasGap()).getGap();
        assertThat(gap.getReason()).isEqualTo(Gap.Reason.REASON_HISTORY_EXCEEDED);
        assertThat(gap.getFromOffset()).isEqualTo(2);
    }

    @Test
    void withoutResumeASubscriptionStartsNow() {
        Position first = publish(FORGETFUL, 10).get(0);
        Subscribed started = subscribe(FORGETFUL, after(first));
        assertThat(started.getResumed()).isFalse();
        assertThat(started.getPosition().getOffset()).isEqualTo(10);
    }

    @Test
    void aPositionFromTheFutureIsLost() {
        Position newest = publish(KEPT, 3).get(2);
        Subscribed started =
                subscribe(KEPT, after(newest.toBuilder().setOffset(99).build()));
        assertThat(started.getPositionLost()).isTrue();
        assertThat(started.getResumed()).isFalse();
        assertThat(started.getPosition()).isEqualTo(newest);
    }

    @Test
    void aPositionOfAnotherTopicOrEpochStartsAtTheBeginning() {
        Position elsewhere = publish("kept:elsewhere", 5).get(4);
        Position here = publish(KEPT, 3).get(0);
        Subscribed started = subscribe(KEPT, after(elsewhere));
        assertThat(started.getResumed()).isFalse();
        assertThat(started.getPosition().getEpoch()).isEqualTo(here.getEpoch());
        assertThat(receive(started, 3)).containsExactly(1L, 2L, 3L);
        Subscribed unknown =
                resubscribe(KEPT, after(here.toBuilder().setEpoch(7).build()));
        assertThat(receive(unknown, 3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void malformedPointsAreRefused() {
        Position here = publish(KEPT, 1).get(0);
        List<Since.Builder> malformed = List.of(
                since(),
                since().setBeginning(false),
                since().setLast(0),
                since().setLast(-1),
                since().setTimeUs(-1),
                since().setPosition(Position.getDefaultInstance()),
                since().setPosition(here.toBuilder().setOffset(1L << 60)),
                since().setPosition(here.toBuilder().setOffset(-1)));
        for (Since.Builder each : malformed) {
            assertThat(refusal(KEPT, each)).isEqualTo(ErrorCode.ERROR_CODE_BAD_COMMAND);
        }
    }

    @Test
    void aTopicWithoutHistoryHasNoPast() {
        for (Since.Builder each : List.of(since().setBeginning(true), since().setLast(1), since().setTimeUs(1))) {
            assertThat(refusal(NONE, each)).isEqualTo(ErrorCode.ERROR_CODE_NO_HISTORY);
        }
        Reply reply = ask(History.newBuilder().setTopic(NONE));
        assertThat(reply.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NO_HISTORY);
        assertThat(reply.getError().getRetryable()).isFalse();
    }

    @Test
    void topicsOfOtherNamespacesAreRefused() {
        for (String topic : List.of("unknown:topic", "without-namespace")) {
            assertThat(refusal(topic, since().setBeginning(true))).isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_NAMESPACE);
            assertThat(ask(History.newBuilder().setTopic(topic)).getError().getCode())
                    .isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_NAMESPACE);
            Error refused = client.publish(++lastId, topic, "x").getError();
            assertThat(refused.getCode()).isEqualTo(ErrorCode.ERROR_CODE_UNKNOWN_NAMESPACE);
            assertThat(refused.getRetryable()).isFalse();
        }
    }

    @Test
    void aTooLongIdempotencyKeyIsRefused() {
        client.send(RawClient.command(++lastId)
                .setPublish(Publish.newBuilder().setTopic(KEPT).setText("x").setIdempotencyKey("k".repeat(10 << 10))));
        assertThat(client.reply(lastId).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_BAD_COMMAND);
    }

    @Test
    void aHistoryQueryGivesPagesThatFollowEachOther() {
        publish(KEPT, 250);
        List<Long> offsets = new ArrayList<>();
        HistoryResult page = ask(History.newBuilder().setTopic(KEPT)).getHistory();
        while (true) {
            page.getPublicationsList().forEach(each -> offsets.add(each.getOffset()));
            if (!page.getHasMore()) break;
            Position last = page.getNewest().toBuilder()
                    .setOffset(offsets.get(offsets.size() - 1))
                    .build();
            page = ask(History.newBuilder().setTopic(KEPT).setSince(after(last)))
                    .getHistory();
        }
        assertThat(offsets).isEqualTo(LongStream.rangeClosed(1, 250).boxed().toList());
        assertThat(page.getNewest().getOffset()).isEqualTo(250);
        HistoryResult two = ask(History.newBuilder()
                        .setTopic(KEPT)
                        .setSince(since().setLast(2))
                        .setLimit(10))
                .getHistory();
        assertThat(two.getPublicationsList()).extracting(Publication::getText).containsExactly("249", "250");
    }

    @Test
    void aHistoryQueryFitsIntoAFrameHoweverLargeItsPublicationsAre() {
        for (int i = 0; i < 8; i++) client.publish(++lastId, KEPT, "x".repeat(60_000));
        HistoryResult page = ask(History.newBuilder().setTopic(KEPT)).getHistory();
        assertThat(page.getPublicationsCount()).isBetween(1, 3);
        assertThat(page.getHasMore()).isTrue();
    }

    @Test
    void aHistoryQueryWithALostPositionSaysSo() {
        Position newest = publish(KEPT, 3).get(2);
        HistoryResult page = ask(History.newBuilder()
                        .setTopic(KEPT)
                        .setSince(after(newest.toBuilder().setOffset(99).build())))
                .getHistory();
        assertThat(page.getPositionLost()).isTrue();
        assertThat(page.getPublicationsList())
                .extracting(Publication::getOffset)
                .containsExactly(1L, 2L, 3L);
    }

    private List<Position> publish(String topic, int count) {
        long first = lastId + 1;
        IntStream.rangeClosed(1, count)
                .forEach(i -> client.send(RawClient.command(++lastId)
                        .setPublish(Publish.newBuilder().setTopic(topic).setText("" + i))));
        return LongStream.range(first, first + count)
                .mapToObj(id -> client.reply(id).getPublished().getPosition())
                .toList();
    }

    private Subscribed subscribe(String topic, Since.Builder since) {
        Reply reply = trySubscribe(topic, since);
        assertThat(reply.hasSubscribed()).as("%s", reply).isTrue();
        return reply.getSubscribed();
    }

    private Subscribed resubscribe(String topic, Since.Builder since) {
        client.unsubscribe(++lastId, topic);
        forgetEvents();
        return subscribe(topic, since);
    }

    /** What an earlier subscription left behind. */
    private void forgetEvents() {
        client.send(RawClient.command(++lastId).setHistory(History.newBuilder().setTopic("?")));
        client.reply(lastId);
        client.forget(event -> event.hasPublication() || event.hasGap());
    }

    private ErrorCode refusal(String topic, Since.Builder since) {
        return trySubscribe(topic, since).getError().getCode();
    }

    private Reply trySubscribe(String topic, Since.Builder since) {
        client.send(RawClient.command(++lastId)
                .setSubscribe(Subscribe.newBuilder().setTopic(topic).setSince(since)));
        return client.reply(lastId);
    }

    private Reply ask(History.Builder history) {
        client.send(RawClient.command(++lastId).setHistory(history));
        return client.reply(lastId);
    }

    /** The offsets of the next so many publications, in the order in which they come. */
    private List<Long> receive(Subscribed subscribed, int count) {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = client.await(
                    each -> each.hasPublication() && each.getPublication().getTopicId() == subscribed.getTopicId());
            offsets.add(event.getPublication().getOffset());
        }
        return offsets;
    }

    private static Since.Builder since() {
        return Since.newBuilder();
    }

    private static Since.Builder after(Position position) {
        return since().setPosition(position);
    }
}
