package io.fanwire.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Member;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.node.lane.EventLoop;
import io.fanwire.node.lane.LoopThread;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final ClusterConfig CONFIG = new ClusterConfig(Duration.ofSeconds(5), 1, 10, 50);
    private static final Member SELF = new Member("self", "a:1", "test", 1, 7, false, true, 0);

    private long now;
    private Supplier<Member> self = () -> SELF;
    private final EventLoop loop = new EventLoop("cluster", () -> now);
    private final Registry registry = new Registry();
    private final List<ClusterView> views = new ArrayList<>();
    private final Membership membership =
            new Membership(loop, () -> now, CONFIG, registry, () -> self.get(), views::add, new Random(1));

    @Test
    void itTellsItselfAgainAndAgainAndKeepsTheAnswer() {
        Member other = new Member("other", "b:1", "test", 1, 3, true, false, 0);
        registry.others = List.of(SELF, other);
        membership.start();
        pass(Duration.ofSeconds(51));

        assertThat(registry.leases).hasSizeBetween(9, 12).containsOnly(CONFIG.lease());
        assertThat(views).hasSameSizeAs(registry.leases);
        assertThat(membership.last().members()).containsExactly(other, SELF);
        assertThat(membership.last().connections()).isEqualTo(10);
        assertThat(membership.last().average()).isEqualTo(7);
        assertThat(membership.isCurrent()).isTrue();
    }

    @Test
    void aFailureIsCountedAndWhatWasHeardStaysUntilTheLeaseRunsOut() {
        membership.start();
        pass(Duration.ofSeconds(1));
        registry.failing = true;
        pass(Duration.ofSeconds(12));
        assertThat(membership.failuresTotal()).isEqualTo(2);
        assertThat(membership.isCurrent()).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(membership.isCurrent()).isFalse();
        assertThat(membership.last().members()).containsExactly(SELF);
        assertThat(views).hasSize(1);

        registry.failing = false;
        pass(Duration.ofSeconds(6));
        assertThat(membership.isCurrent()).isTrue();
    }

    @Test
    void whoClosesLeavesAtOnceAndSaysNothingMore() {
        membership.start();
        loop.turn();
        try (LoopThread thread = LoopThread.start(loop)) {
            membership.close();
        }
        pass(Duration.ofSeconds(20));
        assertThat(registry.leases).containsExactly(CONFIG.lease(), Duration.ZERO);
    }

    @Test
    void whoHasNotStartedSaysNothing() {
        self = () -> {
            throw new AssertionError("asked too early");
        };
        membership.tellNow();
        try (LoopThread thread = LoopThread.start(loop)) {
            membership.close();
        }
        pass(Duration.ofSeconds(20));
        assertThat(registry.leases).isEmpty();
        assertThat(loop.failures()).isZero();
    }

    @Test
    void aReportWaitsForTheOneUnderWay() {
        registry.answer = new CompletableFuture<>();
        membership.start();
        for (int i = 0; i < 3; i++) {
            membership.tellNow();
            pass(Duration.ofSeconds(10));
        }
        assertThat(registry.leases).hasSize(1);

        registry.answer.complete(List.of(SELF));
        registry.answer = null;
        pass(Duration.ofSeconds(1));
        // All that was to be told meanwhile, at once.
        assertThat(registry.leases).hasSize(2);
        assertThat(views).hasSize(2);
        pass(Duration.ofSeconds(4));
        assertThat(registry.leases).hasSize(2);
        pass(Duration.ofSeconds(2));
        assertThat(registry.leases).hasSize(3);
    }

    @Test
    void theGoodbyeWaitsForTheReportUnderWay() throws Exception {
        registry.answer = new CompletableFuture<>();
        membership.start();
        loop.turn();
        Thread closing = new Thread(membership::close);
        closing.start();
        // It waits once it has told the loop.
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        loop.turn();
        assertThat(registry.leases).containsExactly(CONFIG.lease());

        registry.answer.complete(List.of(SELF));
        loop.turn();
        assertThat(registry.leases).containsExactly(CONFIG.lease(), Duration.ZERO);
        closing.join();
        assertThat(views).isEmpty();
    }

    @Test
    void whatThrowsIsAFailureAndNotTheLastReport() {
        self = () -> {
            throw new IllegalStateException("for once");
        };
        membership.start();
        pass(Duration.ofSeconds(1));
        self = () -> SELF;
        registry.throwing = true;
        pass(Duration.ofSeconds(5));
        assertThat(membership.failuresTotal()).isEqualTo(2);
        registry.throwing = false;
        pass(Duration.ofSeconds(6));
        assertThat(membership.failuresTotal()).isEqualTo(2);
        assertThat(views).isNotEmpty();
        assertThat(loop.failures()).isZero();
    }

    private void pass(Duration time) {
        for (long until = now + time.toNanos();
                now < until;
                now += Duration.ofMillis(50).toNanos()) {
            while (loop.turn()) {}
        }
    }

    /** Answers by what the test says, and at once if it says nothing of it. */
    private static final class Registry implements Backplane {
        private final List<Duration> leases = new ArrayList<>();
        private List<Member> others = List.of(SELF);
        private @Nullable CompletableFuture<List<Member>> answer;
        private boolean failing;
        private boolean throwing;

        @Override
        public CompletionStage<List<Member>> announce(Member self, Duration lease) {
            if (failing) return CompletableFuture.failedStage(new BackplaneException(Kind.UNAVAILABLE, "away"));
            if (throwing) throw new IllegalStateException("for once");
            leases.add(lease);
            if (answer != null) return answer;
            return CompletableFuture.completedStage(others);
        }

        @Override
        public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
            throw new AssertionError("not of interest here");
        }

        @Override
        public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
            throw new AssertionError("not of interest here");
        }

        @Override
        public void unsubscribe(Topic topic) {}

        @Override
        public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
            throw new AssertionError("not of interest here");
        }

        @Override
        public BackplaneState state() {
            return BackplaneState.UP;
        }

        @Override
        public void close() {}
    }
}
