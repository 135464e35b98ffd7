package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.wire.ClientSocket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrowdBookTest {
    private static final Duration BAD = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    @Test
    void tellsWhoWasClosedAndWhy() {
        CrowdBook book = book(
                new Deed.HalfOpen(4),
                new Client(true, "4000 no heartbeat", BAD),
                new Client(true, "4000 no heartbeat", BAD),
                new Client(true, null, Duration.ofSeconds(1)),
                new Client(false, "Connection refused", BAD));
        assertThat(book.remarks())
                .first()
                .isEqualTo("at 10s 4 half-open clients: 2 closed (4000 no heartbeat × 2), 1 still connected, "
                        + "1 never got in (Connection refused × 1); "
                        + "they got 0 publications and were told that they missed 0");
        assertThat(book.complaints()).isEmpty();
        assertThat(book.isGone()).isFalse();
    }

    @Test
    void aPlanThatEndsTooEarlyHasNotTestedWhetherTheyGetClosed() {
        CrowdBook book = book(
                new Deed.HalfOpen(3),
                new Client(true, null, Duration.ofSeconds(45)),
                new Client(true, null, Duration.ofSeconds(46)),
                new Client(true, "4000", BAD));
        assertThat(book.remarks())
                .hasSize(2)
                .last()
                .isEqualTo("at 10s 3 half-open clients: not tested whether 1 of them get closed: "
                        + "the plan ends before the 45 s that a node may take for it");
        assertThat(book.complaints()).singleElement().asString().contains(": 1 still connected after 46 s");
    }

    @Test
    void aHalfOpenClientThatIsStillConnectedIsForgotten() {
        CrowdBook book = book(new Deed.HalfOpen(2), new Client(true, null, BAD), new Client(true, "4000", BAD));
        assertThat(book.complaints())
                .containsExactly("at 10s 2 half-open clients: 1 still connected after 60 s, "
                        + "though nodes say that they stand a silence of 35 s");
    }

    @Test
    void aSlowSubscriberMayStay() {
        CrowdBook book = book(new Deed.SlowSubscribers(1, 1_000), new Client(true, null, BAD));
        assertThat(book.complaints()).isEmpty();
        assertThat(book.remarks()).hasSize(1);
    }

    private static CrowdBook book(Deed deed, Client... clients) {
        return new CrowdBook(new Step(1, Duration.ofSeconds(10), deed), List.of(clients));
    }

    /** One whose story is over. */
    private static final class Client extends BadClient {
        private final boolean joined;
        private final @Nullable String ended;
        private final Duration bad;

        Client(boolean joined, @Nullable String ended, Duration bad) {
            super(List.of());
            this.joined = joined;
            this.ended = ended;
            this.bad = bad;
        }

        @Override
        void misbehave(ClientSocket mine) {}

        @Override
        boolean hasJoined() {
            return joined;
        }

        @Override
        boolean isOpen() {
            return ended == null;
        }

        @Override
        @Nullable
        String ended() {
            return ended;
        }

        @Override
        Duration patience() {
            return PATIENCE;
        }

        @Override
        Duration bad() {
            return bad;
        }
    }
}
