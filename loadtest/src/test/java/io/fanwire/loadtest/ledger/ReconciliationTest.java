package io.fanwire.loadtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.client.GapInfo;
import io.fanwire.loadtest.result.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each column of the account, by hand. */
class ReconciliationTest {
    private static final String TOPIC = "verify:1";
    private static final Map<String, Intervals> NOTHING = Map.of();

    @Test
    void everythingCame() {
        Account account = account(acknowledged(11, 30), got(Intervals.of(11, 30), NOTHING));
        assertThat(account).isEqualTo(new Account(20, 0, 20, 20, 0, 0, 0, 0, 0, 0, 0, 2, 5, new TreeMap<>()));
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void missingWithAGapEventIsCountedByReason() {
        var told = Map.of("TOO_SLOW", Intervals.of(13, 14), "CONNECTION_LOST", Intervals.of(20, 20));
        Account account = account(acknowledged(11, 30), got(Intervals.of(11, 12, 15, 19, 21, 30), told));
        assertThat(account.missingTold()).isEqualTo(3);
        assertThat(account.toldByReason()).isEqualTo(Map.of("TOO_SLOW", 2L, "CONNECTION_LOST", 1L));
        assertThat(account.delivered()).isEqualTo(17);
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void missingInSilenceFailsAndIsNamed() {
        Reconciliation reconciled = reconcile(
                acknowledged(11, 30), got(Intervals.of(11, 12, 15, 29), Map.of("TOO_SLOW", Intervals.of(13, 13))));
        assertThat(reconciled.account().missingSilently()).isEqualTo(2);
        assertThat(reconciled.account().missingTold()).isEqualTo(1);
        assertThat(reconciled.account().isKept()).isFalse();
        assertThat(reconciled.losses())
                .singleElement()
                .hasToString("subscriber 4 of verify:1 misses 14, 30 of epoch 7: nobody told it");
    }

    @Test
    void whatOnlyTheClientNoticedFailsAndIsNamed() {
        assertThat(Received.UNEXPLAINED).isEqualTo(GapInfo.Reason.UNEXPLAINED.name());
        var told = Map.of(Received.UNEXPLAINED, Intervals.of(13, 14));
        Reconciliation reconciled = reconcile(acknowledged(11, 30), got(Intervals.of(11, 12, 15, 30), told));
        assertThat(reconciled.account().unexplained()).isEqualTo(2);
        assertThat(reconciled.account().missingTold()).isZero();
        assertThat(reconciled.account().missingSilently()).isZero();
        assertThat(reconciled.account().isKept()).isFalse();
        assertThat(reconciled.losses())
                .singleElement()
                .asString()
                .contains("misses 13-14 of epoch 7", "only the client noticed");
    }

    @Test
    void toldTwiceIsToldOnceAndANodesWordCountsBeforeTheClients() {
        var told = Map.of(
                "BACKPLANE_LOST",
                Intervals.of(13, 14),
                "TOO_SLOW",
                Intervals.of(14, 15),
                Received.UNEXPLAINED,
                Intervals.of(13, 15));
        Account account = account(acknowledged(11, 30), got(Intervals.of(11, 12, 16, 30), told));
        assertThat(account.toldByReason()).isEqualTo(Map.of("BACKPLANE_LOST", 2L, "TOO_SLOW", 1L));
        assertThat(account.unexplained()).isZero();
    }

    @Test
    void nothingAtAllCame() {
        Account account = account(acknowledged(11, 30), got(new Intervals(), NOTHING));
        assertThat(account.missingSilently()).isEqualTo(20);
        assertThat(account.isKept()).isFalse();
    }

    @Test
    void aLateSubscriberIsOwedOnlyWhatCameAfterIt() {
        // It stands at 10 of epoch 7.
        Account account = account(acknowledged(1, 30), got(Intervals.of(11, 30), NOTHING));
        assertThat(account.expected()).isEqualTo(20);
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void unacknowledgedPublicationsAreOwedToNobody() {
        Published published = published(0, Intervals.of(11, 12, 14, 30), 0);
        LedgerPart part = part(new TopicPart(2, map(7, published)), got(Intervals.of(11, 30), NOTHING));
        Reconciliation reconciled = part.reconcile();
        assertThat(reconciled.account().unacknowledged()).isEqualTo(2);
        assertThat(reconciled.account().expected()).isEqualTo(19);
        assertThat(reconciled.deliveredUnacknowledged()).isEqualTo(1);
        assertThat(reconciled.account().isKept()).isTrue();
    }

    @Test
    void duplicatesBeforeTheClientAreNoFailureAfterItTheyAre() {
        Account dropped = account(acknowledged(11, 12), counted(3, 0, 0, 0));
        assertThat(dropped.duplicatesOnTheWire()).isEqualTo(3);
        assertThat(dropped.isKept()).isTrue();
        Account seen = account(acknowledged(11, 12), counted(3, 2, 0, 0));
        assertThat(seen.duplicatesOnTheWire()).isEqualTo(5);
        assertThat(seen.duplicatesSeen()).isEqualTo(2);
        assertThat(seen.isKept()).isFalse();
    }

    @Test
    void disorderAndCorruptionFail() {
        Account disorder = account(acknowledged(11, 12), counted(0, 0, 1, 0));
        assertThat(disorder.outOfOrder()).isEqualTo(1);
        assertThat(disorder.isKept()).isFalse();
        Account corruption = account(acknowledged(11, 12), counted(0, 0, 0, 1));
        assertThat(corruption.corrupted()).isEqualTo(1);
        assertThat(corruption.isKept()).isFalse();
    }

    @Test
    void twoPublicationsAtOnePositionFail() {
        Published published = published(0, Intervals.of(11, 12), 1);
        assertThat(part(new TopicPart(0, map(7, published)), got(Intervals.of(11, 12), NOTHING))
                        .account()
                        .corrupted())
                .isEqualTo(1);
    }

    @Test
    void anotherPublicationAtTheRightOffsetFails() {
        Contents swapped = new Contents();
        swapped.add(11, 12);
        swapped.add(12, 11);
        Received received = new Received(0, null, Intervals.of(11, 12), swapped, new TreeMap<>());
        Account account = account(acknowledged(11, 12), subscriber(4, map(7, received)));
        assertThat(account.missingSilently()).isZero();
        assertThat(account.corrupted()).isEqualTo(1);
    }

    @Test
    void contentsAreComparedWhereNothingIsMissing() {
        int end = 3 * Contents.BLOCK;
        Contents wrong = contents(Intervals.of(11, 99, 101, end));
        wrong.add(end, 1); // as if the last offset held something else
        Received received = new Received(0, null, Intervals.of(11, 99, 101, end), wrong, new TreeMap<>());
        // 100 is missing in the first block, which can't be compared; the last one can.
        Account account = account(acknowledged(11, end), subscriber(4, map(7, received)));
        assertThat(account.missingSilently()).isEqualTo(1);
        assertThat(account.corrupted()).isEqualTo(1);
    }

    @Test
    void whatComesBehindTheEndOfAnEpochIsTold() {
        TopicPart topic = new TopicPart(
                0, map(7, published(0, Intervals.of(11, 30), 0), 9, published(100, Intervals.of(1, 5), 0)));
        Received old = received(0, Intervals.of(11, 20), Map.of("EPOCH_CHANGED", Intervals.of(21, Long.MAX_VALUE)));
        Received now = received(50, Intervals.of(3, 5), Map.of("EPOCH_CHANGED", Intervals.of(1, 2)));
        Account account = part(topic, subscriber(4, map(7, old, 9, now))).account();
        assertThat(account.expected()).isEqualTo(25);
        assertThat(account.delivered()).isEqualTo(13);
        assertThat(account.toldByReason()).isEqualTo(Map.of("EPOCH_CHANGED", 12L));
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void anEpochThatPassedBetweenTwoIsTold() {
        TopicPart topic = new TopicPart(0, map(8, published(20, Intervals.of(1, 5), 0)));
        Received first = received(0, new Intervals(), Map.of("EPOCH_CHANGED", Intervals.of(11, Long.MAX_VALUE)));
        Received last = received(30, new Intervals(), NOTHING);
        Account account = part(topic, subscriber(4, map(7, first, 9, last))).account();
        assertThat(account.toldByReason()).isEqualTo(Map.of("EPOCH_CHANGED", 5L));
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void anEpochThatASubscriberNeverHeardOfIsSilence() {
        TopicPart topic = new TopicPart(
                0, map(7, published(0, Intervals.of(11, 30), 0), 9, published(100, Intervals.of(1, 5), 0)));
        Reconciliation reconciled =
                part(topic, got(Intervals.of(11, 30), NOTHING)).reconcile();
        assertThat(reconciled.account().missingSilently()).isEqualTo(5);
        assertThat(reconciled.losses()).singleElement().asString().contains("misses 1-5 of epoch 9");
    }

    @Test
    void anEpochBeforeTheSubscriberIsNotDue() {
        TopicPart topic = new TopicPart(
                0, map(6, published(-100, Intervals.of(1, 5), 0), 7, published(0, Intervals.of(11, 30), 0)));
        Account account = part(topic, got(Intervals.of(11, 30), NOTHING)).account();
        assertThat(account.expected()).isEqualTo(20);
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void anEpochThatGoesOnFromAnotherIsNoBreak() {
        TopicPart topic = new TopicPart(
                0, map(7, published(0, Intervals.of(11, 20), 0), 9, published(100, Intervals.of(21, 30), 0)));
        Received old = received(0, Intervals.of(11, 20), NOTHING);
        Account account = part(topic, subscriber(4, map(7, old, 9, continuing(7, Intervals.of(21, 30), NOTHING))))
                .account();
        assertThat(account.delivered()).isEqualTo(20);
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void whatRedisLostBehindAForkWithoutAGapIsSilence() {
        // 21 to 25 were acknowledged in the old epoch, then again, as others, in the one that goes on behind 20.
        TopicPart topic = new TopicPart(
                0, map(7, published(0, Intervals.of(11, 25), 0), 9, published(100, Intervals.of(21, 30), 0)));
        Received old = received(0, Intervals.of(11, 20), NOTHING);
        Reconciliation reconciled = part(
                        topic, subscriber(4, map(7, old, 9, continuing(7, Intervals.of(21, 30), NOTHING))))
                .reconcile();
        assertThat(reconciled.account().missingSilently()).isEqualTo(5);
        assertThat(reconciled.losses()).singleElement().asString().contains("misses 21-25 of epoch 7");
    }

    @Test
    void whatComesAtItsOffsetUnderANewerNameOfTheEpochHasCome() {
        // The subscriber went on in epoch 9 at 16 already; 21 to 24 of epoch 8 it never knew by that name.
        TopicPart topic = new TopicPart(
                0,
                map(
                        7,
                        published(0, Intervals.of(11, 20), 0),
                        8,
                        published(50, Intervals.of(21, 24), 0),
                        9,
                        published(100, Intervals.of(25, 30), 0)));
        Received old = received(0, Intervals.of(11, 15), NOTHING);
        Reconciliation reconciled = part(
                        topic, subscriber(4, map(7, old, 9, continuing(7, Intervals.of(16, 30), NOTHING))))
                .reconcile();
        assertThat(reconciled.account().delivered()).isEqualTo(20);
        assertThat(reconciled.account().isKept()).isTrue();
        assertThat(reconciled.deliveredUnacknowledged()).isZero();
    }

    @Test
    void aGapInAContinuedEpochCountsForTheOneBefore() {
        TopicPart topic = new TopicPart(
                0, map(7, published(0, Intervals.of(11, 20), 0), 9, published(100, Intervals.of(21, 30), 0)));
        Received old = received(0, Intervals.of(11, 15), NOTHING);
        Received now = continuing(7, Intervals.of(23, 30), Map.of("HISTORY_EXCEEDED", Intervals.of(16, 22)));
        Account account = part(topic, subscriber(4, map(7, old, 9, now))).account();
        assertThat(account.toldByReason()).isEqualTo(Map.of("HISTORY_EXCEEDED", 7L));
        assertThat(account.isKept()).isTrue();
    }

    @Test
    void anEpochThatIsPassedWithoutAGapAndWithoutItsPublicationsIsSilence() {
        TopicPart topic = new TopicPart(
                0, map(7, published(0, Intervals.of(11, 20), 0), 8, published(50, Intervals.of(21, 24), 0)));
        Received old = received(0, Intervals.of(11, 20), NOTHING);
        Account account = part(topic, subscriber(4, map(7, old, 9, continuing(7, new Intervals(), NOTHING))))
                .account();
        assertThat(account.missingSilently()).isEqualTo(4);
    }

    @Test
    void partsAddUpToTheWhole() throws Exception {
        SubscriberPart one = subscriber(1, map(7, received(0, Intervals.of(11, 30), NOTHING)));
        SubscriberPart two = subscriber(2, map(7, received(0, Intervals.of(11, 25, 27, 30), NOTHING)));
        // Two processes published in turn, each 10 of 20.
        LedgerPart left = part(new TopicPart(1, map(7, published(5, every(2, 11, 30), 0))), two);
        LedgerPart right = part(new TopicPart(2, map(7, published(3, every(2, 12, 30), 0))), one);
        LedgerPart whole = part(new TopicPart(3, map(7, published(3, Intervals.of(11, 30), 0))), one, two);
        assertThat(json(left.plus(right))).isEqualTo(json(whole));
        assertThat(json(right.plus(left))).isEqualTo(json(whole));
        assertThat(left.plus(right).account()).isEqualTo(whole.account());
        assertThat(whole.account().missingSilently()).isEqualTo(1);
    }

    @Test
    void onePositionFromTwoProcessesFails() {
        LedgerPart left = part(new TopicPart(0, map(7, published(0, Intervals.of(11, 12), 0))));
        LedgerPart right = part(new TopicPart(0, map(7, published(0, Intervals.of(12, 13), 0))));
        assertThat(left.plus(right).account().corrupted()).isEqualTo(1);
    }

    @Test
    void aSubscriberBelongsToOneProcess() {
        LedgerPart part = part(acknowledged(11, 30), got(new Intervals(), NOTHING));
        assertThatThrownBy(() -> part.plus(part)).hasMessage("two processes have subscriber 4");
    }

    @Test
    void becomesJsonAndBack() throws Exception {
        var told = Map.of("EPOCH_CHANGED", Intervals.of(31, Long.MAX_VALUE));
        LedgerPart part = part(acknowledged(11, 30), got(Intervals.of(11, 12, 15, 30), told));
        LedgerPart back = Json.MAPPER.readValue(json(part), LedgerPart.class);
        assertThat(json(back)).isEqualTo(json(part));
        assertThat(back.reconcile().toString()).isEqualTo(part.reconcile().toString());
        Account account = part.account();
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(account), Account.class))
                .isEqualTo(account);
    }

    private static String json(LedgerPart part) throws Exception {
        return Json.MAPPER.writeValueAsString(part);
    }

    private static Account account(TopicPart topic, SubscriberPart subscriber) {
        return reconcile(topic, subscriber).account();
    }

    private static Reconciliation reconcile(TopicPart topic, SubscriberPart subscriber) {
        return part(topic, subscriber).reconcile();
    }

    private static LedgerPart part(TopicPart topic, SubscriberPart... subscribers) {
        return new LedgerPart(new TreeMap<>(Map.of(TOPIC, topic)), List.of(subscribers));
    }

    private static TopicPart acknowledged(long from, long to) {
        return new TopicPart(0, map(7, published(0, Intervals.of(from, to), 0)));
    }

    private static Published published(long firstNanos, Intervals offsets, long twice) {
        return new Published(firstNanos, offsets, contents(offsets), twice);
    }

    private static SubscriberPart got(Intervals offsets, Map<String, Intervals> told) {
        return subscriber(4, map(7, received(0, offsets, told)));
    }

    private static SubscriberPart counted(long dropped, long seenAgain, long outOfOrder, long corrupted) {
        var epochs = map(7, received(0, Intervals.of(11, 12), NOTHING));
        return new SubscriberPart(4, TOPIC, 7, 10, dropped, seenAgain, outOfOrder, corrupted, 0, 0, epochs);
    }

    /** It was at offset 10 of epoch 7 when it subscribed. */
    private static SubscriberPart subscriber(int number, TreeMap<Long, Received> epochs) {
        return new SubscriberPart(number, TOPIC, 7, 10, 0, 0, 0, 0, 2, 5, epochs);
    }

    private static Received received(long enteredNanos, Intervals offsets, Map<String, Intervals> told) {
        return new Received(enteredNanos, null, offsets, contents(offsets), new TreeMap<>(told));
    }

    /** Goes on from another epoch, from the moment 100 on. */
    private static Received continuing(long epoch, Intervals offsets, Map<String, Intervals> told) {
        return new Received(100, epoch, offsets, contents(offsets), new TreeMap<>(told));
    }

    /** At each offset the publication with the same number. */
    private static Contents contents(Intervals offsets) {
        Contents contents = new Contents();
        long[] bounds = offsets.toArray();
        for (int i = 0; i < bounds.length; i += 2) {
            for (long offset = bounds[i]; offset <= bounds[i + 1]; offset++) contents.add(offset, offset);
        }
        return contents;
    }

    private static Intervals every(int step, long from, long to) {
        Intervals offsets = new Intervals();
        for (long offset = from; offset <= to; offset += step) offsets.add(offset);
        return offsets;
    }

    private static <V> TreeMap<Long, V> map(long epoch, V value) {
        return new TreeMap<>(Map.of(epoch, value));
    }

    private static <V> TreeMap<Long, V> map(long one, V first, long other, V second, long last, V third) {
        return new TreeMap<>(Map.of(one, first, other, second, last, third));
    }

    private static <V> TreeMap<Long, V> map(long one, V first, long other, V second) {
        return new TreeMap<>(Map.of(one, first, other, second));
    }
}
