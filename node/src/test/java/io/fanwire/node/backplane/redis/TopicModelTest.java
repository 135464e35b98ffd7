package io.fanwire.node.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.RecordingListener;
import io.fanwire.node.backplane.RecordingListener.Heard;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One subscription against a model of Redis that drops messages, trims its history, breaks connections, loses its tail
 * and forgets everything, at random: whatever happens, nothing is missing without a gap.
 */
class TopicModelTest {
    private static final int SEEDS = 2_000;
    private static final int STEPS = 300;

    /** @param memory per cent of steps in which the history is trimmed, Redis loses its tail, Redis forgets everything */
    @ParameterizedTest
    @CsvSource({"true, 0, 0, 0", "true, 3, 0, 0", "true, 0, 2, 0", "true, 3, 2, 1", "false, 0, 0, 0", "false, 0, 2, 1"})
    void nothingIsMissingWithoutAGap(boolean history, int trims, int tails, int wipes) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try {
                new Run(new Random(seed), history).play(trims, tails, wipes);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final boolean history;
        private final RecordingListener listener = new RecordingListener();
        private final TopicSubscription subscription;

        // Redis
        private final TreeMap<Long, StoredPublication> stream = new TreeMap<>();
        private final TreeMap<Long, String> line = new TreeMap<>();
        private Lineage lineage = Lineage.of(new Position(1, 0));
        private int published;
        private int forks;

        // The connection, and what was asked on the others.
        private final Queue<Object> channel = new ArrayDeque<>();
        private HistoryPage page;
        private Position pageKnown;
        private boolean trimmed;

        Run(Random random, boolean history) {
            this.random = random;
            this.history = history;
            Backlog.Room room = new Backlog.Room(1 << 20);
            subscription = new TopicSubscription(
                    new Topic("model"), "model", history, listener, room, new RedisMetrics(new SimpleMeterRegistry()));
        }

        void play(int trims, int tails, int wipes) {
            compare();
            for (int i = 0; i < STEPS; i++) step(trims, tails, wipes);
            reconnect();
            settle();
            check();
        }

        private void step(int trims, int tails, int wipes) {
            int dice = random.nextInt(100);
            if (dice < 40) publish();
            else if (dice < 75) hear();
            else if (dice < 85) askForPage();
            else if (dice < 88) compare();
            else if (dice < 91) reconnect();
            else if (dice < 91 + trims) trim();
            else if (dice < 91 + trims + tails) loseTail();
            else if (dice < 91 + trims + tails + wipes) forget();
            else answerPage();
        }

        private void publish() {
            Position position = lineage.newest().next();
            String body = "m" + ++published;
            lineage = new Lineage(position, lineage.forks());
            line.put(position.offset(), body);
            if (history) stream.put(position.offset(), new StoredPublication(position, body.getBytes(UTF_8)));
            if (random.nextInt(10) > 0) channel.add(new ChannelMessage(position, body.getBytes(UTF_8)));
        }

        private void hear() {
            Object next = channel.poll();
            if (next instanceof ChannelMessage message) subscription.arrived(message);
            if (next instanceof Answer answer && !subscription.settle(answer.known, answer.lineage)) compare();
            if (subscription.wantsComparison() && channel.stream().noneMatch(Answer.class::isInstance)) compare();
        }

        /** As position.lua does, and with the fence behind it. */
        private void compare() {
            TopicReader.Known known = subscription.known();
            Position seen = known.newest();
            Position newest = lineage.newest();
            boolean behind = seen != null
                    && seen.epoch() == newest.epoch()
                    && (newest.offset() < seen.offset() || known.trusted() < seen.offset());
            if (behind) fork(Math.min(newest.offset(), known.trusted()));
            channel.add(new Answer(known, lineage));
        }

        private void askForPage() {
            HistoryQuery query = subscription.wantedPage();
            if (page != null || query == null) return;
            pageKnown = subscription.newest();
            long from = ((HistoryQuery.Start.Offset) query.start()).first();
            List<StoredPublication> found = stream.tailMap(from).values().stream()
                    .filter(each -> lineage.holds(each.position()))
                    .toList();
            int count = Math.min(found.size(), 1 + random.nextInt(5));
            page = new HistoryPage(lineage, from, found.subList(0, count), count < found.size());
        }

        private void answerPage() {
            if (page != null) subscription.page(page, pageKnown);
            page = null;
        }

        private void reconnect() {
            channel.clear();
            page = null;
            subscription.disconnected();
            // A message may be heard before the comparison is answered.
            if (random.nextBoolean()) publish();
            compare();
        }

        private void trim() {
            trimmed = true;
            for (int i = random.nextInt(10); i > 0 && !stream.isEmpty(); i--) stream.pollFirstEntry();
        }

        private void loseTail() {
            long to = Math.max(0, lineage.newest().offset() - random.nextInt(4));
            stream.tailMap(to, false).clear();
            line.tailMap(to, false).clear();
            lineage = new Lineage(new Position(lineage.newest().epoch(), to), lineage.forks());
            fork(to);
            if (random.nextBoolean()) publish();
            reconnect();
        }

        private void forget() {
            stream.clear();
            line.clear();
            lineage = Lineage.of(new Position(lineage.newest().epoch() + 1, 0));
            if (random.nextBoolean()) publish();
            reconnect();
        }

        private void fork(long shared) {
            forks++;
            Position old = lineage.newest();
            List<Position> known = new ArrayList<>(List.of(new Position(old.epoch(), shared)));
            for (Position fork : lineage.forks())
                known.add(new Position(fork.epoch(), Math.min(fork.offset(), shared)));
            lineage = new Lineage(
                    new Position(old.epoch() + 1, old.offset()),
                    known.subList(0, Math.min(known.size(), Lineage.MAX_FORKS)));
        }

        private void settle() {
            for (int i = 0; i < 1_000 && !(channel.isEmpty() && subscription.wantedPage() == null); i++) {
                if (page == null) askForPage();
                answerPage();
                hear();
            }
            assertThat(channel).isEmpty();
            assertThat(subscription.wantedPage()).isNull();
        }

        private void check() {
            listener.assertUnbroken();
            List<Heard> heard = listener.heard();
            long top = heard.isEmpty() ? 0 : heard.get(heard.size() - 1).to();
            if (!heard.isEmpty()) assertThat(top).isEqualTo(lineage.newest().offset());
            // Of epochs that are forgotten nothing is believed any more.
            if (history && !trimmed && forks <= Lineage.MAX_FORKS) {
                assertThat(listener.gaps()).noneMatch(gap -> gap.reason() == Gap.Reason.REASON_BACKPLANE_LOST);
            }
            // What was last said of each offset stands for what the topic has there.
            TreeMap<Long, String> told = new TreeMap<>();
            for (Heard each : heard) {
                if (each.isGap()) told.tailMap(each.from()).clear();
                else told.put(each.from(), new String(each.body(), UTF_8));
            }
            told.forEach((offset, body) -> assertThat(body).isEqualTo(line.get(offset)));
            Stream<String> twice = listener.texts().stream();
            boolean forgot = heard.stream().anyMatch(each -> each.reason() == Gap.Reason.REASON_EPOCH_CHANGED);
            if (!forgot) assertThat(twice).doesNotHaveDuplicates();
        }

        /** @param known what was asked with */
        private record Answer(TopicReader.Known known, Lineage lineage) {}
    }
}
