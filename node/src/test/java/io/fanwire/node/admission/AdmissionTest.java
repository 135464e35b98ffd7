package io.fanwire.node.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final OpenFiles FILES = new OpenFiles(1_000, 0);
    private static final int ROOM = 950;

    private final AtomicLong time = new AtomicLong();
    private final AtomicBoolean overloaded = new AtomicBoolean();

    @Test
    void aFullNodeRefusesUntilAConnectionIsClosed() {
        Admission admission = admission(2, 0, 0, 100, AddressSource.NONE);
        Place first = comeIn(admission, "a");
        assertThat(admission.isOpen()).isTrue();
        comeIn(admission, "b");
        assertThat(admission.isOpen()).isFalse();
        assertThat(knock(admission, "c")).isEqualTo(Refusal.NODE_FULL);
        first.release();
        assertThat(admission.isOpen()).isTrue();
        assertThat(knock(admission, "c")).isNull();
        assertThat(admission.stats().refusedTotal(Refusal.NODE_FULL)).isEqualTo(1);
        assertThat(admission.stats().acceptedTotal()).isEqualTo(3);
    }

    @Test
    void anAddressHasItsShareAndNoMore() {
        Admission admission = admission(0, 1, 0, 100, AddressSource.NONE);
        Place first = comeIn(admission, "a");
        assertThat(knock(admission, "a")).isEqualTo(Refusal.ADDRESS_FULL);
        assertThat(knock(admission, "b")).isNull();
        first.release();
        assertThat(knock(admission, "a")).isNull();
    }

    @Test
    void handshakesComeAtTheRateAndASecondsWorthAtOnce() {
        Admission admission = admission(0, 0, 10, 100, AddressSource.NONE);
        for (int i = 0; i < 10; i++) assertThat(knock(admission, "a")).isNull();
        assertThat(knock(admission, "a")).isEqualTo(Refusal.TOO_MANY_HANDSHAKES);
        time.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(knock(admission, "a")).isNull();
        assertThat(knock(admission, "a")).isEqualTo(Refusal.TOO_MANY_HANDSHAKES);
        time.addAndGet(Duration.ofMinutes(1).toNanos());
        for (int i = 0; i < 10; i++) assertThat(knock(admission, "a")).isNull();
        assertThat(knock(admission, "a")).isEqualTo(Refusal.TOO_MANY_HANDSHAKES);
    }

    @Test
    void aNodeThatDrainsOrHasTooMuchToDoTakesNobody() {
        Admission admission = admission(0, 0, 0, 100, AddressSource.NONE);
        overloaded.set(true);
        assertThat(knock(admission, "a")).isEqualTo(Refusal.OVERLOADED);
        admission.drain(true);
        assertThat(knock(admission, "a")).isEqualTo(Refusal.DRAINING);
        admission.drain(false);
        overloaded.set(false);
        assertThat(knock(admission, "a")).isNull();
    }

    @Test
    void whoIsRefusedTakesNothingFromTheOthers() {
        Admission admission = admission(2, 1, 3, 100, AddressSource.NONE);
        comeIn(admission, "a");
        for (int i = 0; i < 10; i++) {
            assertThat(knock(admission, "a")).isEqualTo(Refusal.ADDRESS_FULL);
        }
        assertThat(knock(admission, "b")).isNull();
    }

    @Test
    void theRefusedAreToldDifferentTimes() {
        Admission admission = admission(0, 0, 0, 1_000, AddressSource.NONE);
        overloaded.set(true);
        Set<Integer> told = new HashSet<>();
        for (int i = 0; i < 500; i++) told.add(place(admission, "a").admit("a").retryAfter());
        assertThat(told).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void theOldestUnfinishedHandshakeMakesRoomForANewcomer() {
        Admission admission = admission(0, 0, 0, 2, AddressSource.NONE);
        comeIn(admission, "a");
        List<String> cut = new ArrayList<>();
        Place first = place(admission, "b");
        first.onCut(() -> cut.add("b"));
        Place second = place(admission, "c");
        second.onCut(() -> cut.add("c"));
        Place third = place(admission, "d");
        assertThat(cut).containsExactly("b");
        assertThat(admission.stats().pending()).isEqualTo(2);
        assertThat(admission.stats().droppedTotal(Drop.PENDING_FULL)).isEqualTo(1);
        assertThat(first.admit("b").refusal()).isNotNull();
        assertThat(first.isLate()).isFalse();

        second.release();
        place(admission, "e");
        assertThat(third.admit("d").refusal()).isNull();
        assertThat(cut).containsExactly("b");
        // Its socket is there until it is closed.
        assertThat(admission.stats().sockets()).isEqualTo(4);
        first.release();
        assertThat(admission.stats().sockets()).isEqualTo(3);
    }

    @Test
    void whoIsCutBeforeHisSocketIsKnownIsClosedThen() {
        Admission admission = admission(0, 0, 0, 1, AddressSource.NONE);
        List<String> cut = new ArrayList<>();
        Place first = place(admission, "a");
        place(admission, "b");
        first.onCut(() -> cut.add("a"));
        assertThat(cut).containsExactly("a");
    }

    @Test
    void whoIsLetInMakesNoRoom() {
        Admission admission = admission(0, 0, 0, 1, AddressSource.NONE);
        List<String> cut = new ArrayList<>();
        Place first = place(admission, "a");
        first.onCut(() -> cut.add("a"));
        assertThat(first.admit("a").refusal()).isNull();
        assertThat(admission.arrive("b")).isEmpty();
        assertThat(admission.stats().droppedTotal(Drop.PENDING_FULL)).isEqualTo(1);
        first.opened();
        place(admission, "b");
        place(admission, "c");
        assertThat(cut).isEmpty();
    }

    @Test
    void whoWasAnsweredAndStaysMakesRoomToo() {
        Admission admission = admission(0, 0, 0, 1, AddressSource.NONE);
        List<String> cut = new ArrayList<>();
        Place first = place(admission, "a");
        first.onCut(() -> cut.add("a"));
        first.refuse(Refusal.NO_HANDSHAKE);
        place(admission, "b");
        assertThat(cut).containsExactly("a");
        assertThat(admission.stats().droppedTotal(Drop.PENDING_FULL)).isZero();
    }

    @Test
    void nobodyMakesRoomForOneThatIsTurnedAway() {
        Admission admission = admission(0, 10, 0, 10, AddressSource.NONE);
        List<String> cut = new ArrayList<>();
        for (int i = 0; i < 10; i++) place(admission, "a").onCut(() -> cut.add("a"));
        assertThat(admission.arrive("a")).isEmpty();
        assertThat(cut).isEmpty();
        place(admission, "b");
        assertThat(cut).containsExactly("a");
        // The address has one less now.
        assertThat(admission.arrive("a")).isPresent();
    }

    @Test
    void oneAddressCannotHaveAllUnfinishedHandshakes() {
        Admission admission = admission(0, 12, 0, 100, AddressSource.NONE);
        for (int i = 0; i < 12; i++) place(admission, "a");
        assertThat(admission.arrive("a")).isEmpty();
        assertThat(admission.arrive("b")).isPresent();
        assertThat(admission.stats().droppedTotal(Drop.ADDRESS_FULL)).isEqualTo(1);
    }

    @Test
    void anAddressMayComeAgainWhileItsRefusalIsOnItsWay() {
        Admission admission = admission(0, 1, 0, 100, AddressSource.NONE);
        assertThat(place(admission, "a").admit("a").refusal()).isNull();
        for (int i = 0; i < 10; i++) {
            assertThat(place(admission, "a").admit("a").refusal()).isEqualTo(Refusal.ADDRESS_FULL);
        }
        assertThat(admission.arrive("a")).isEmpty();
    }

    @Test
    void behindAProxyOnlyTheClientsAddressCounts() {
        Admission admission = admission(0, 1, 0, 100, AddressSource.FORWARDED);
        Place first = place(admission, "proxy");
        Place second = place(admission, "proxy");
        assertThat(first.admit("a").refusal()).isNull();
        assertThat(second.admit("b").refusal()).isNull();
        assertThat(place(admission, "proxy").admit("b").refusal()).isEqualTo(Refusal.ADDRESS_FULL);
    }

    @Test
    void aPartOfTheFilesIsKeptForTheNode() {
        Admission admission = admission(0, 0, 0, 2_000, AddressSource.NONE);
        for (int i = 0; i < 900; i++) comeIn(admission, "a");
        for (int i = 0; i < 50; i++) {
            // Refused, and not gone yet.
            assertThat(place(admission, "a").admit("a").refusal()).isEqualTo(Refusal.NODE_FULL);
        }
        assertThat(admission.arrive("a")).isEmpty();
        assertThat(admission.stats().droppedTotal(Drop.FILES_FULL)).isEqualTo(1);
        assertThat(admission.maxConnections()).isEqualTo(900);
    }

    @Test
    void memoryBoundsWhatNobodyHasSet() {
        AdmissionConfig unset = config(0, 0, 0, 100, AddressSource.NONE);
        assertThat(new Admission(unset, FILES, 40, overloaded::get, time::get).maxConnections())
                .isEqualTo(40);
        AdmissionConfig set = config(60, 0, 0, 100, AddressSource.NONE);
        assertThat(new Admission(set, FILES, 40, overloaded::get, time::get).maxConnections())
                .isEqualTo(60);
    }

    @Test
    void aNodeWithFewFilesKeepsWhatItNeedsItself() {
        assertThat(new OpenFiles(400, 80).forSockets()).isEqualTo(288);
        assertThat(new OpenFiles(400, 80).forConnections()).isEqualTo(268);
        assertThat(new OpenFiles(100_000, 80).forConnections()).isEqualTo(90_000);
        assertThat(new OpenFiles(100, 80).forConnections()).isEqualTo(1);
        assertThat(OpenFiles.now().own()).isLessThan(OpenFiles.now().max());
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Admission admission = admission(0, 5, 0, 100, AddressSource.NONE);
        Place open = comeIn(admission, "a");
        Place neverOpened = place(admission, "a");
        neverOpened.admit("a");
        Place silent = place(admission, "a");
        for (Place place : List.of(open, neverOpened, silent)) {
            place.release();
            place.release();
            place.opened();
            assertThat(place.isLate()).isFalse();
            assertThat(place.admit("a").refusal()).isNotNull();
        }
        assertNothingIsLeft(admission);
    }

    @Test
    void onlyAHandshakeThatIsNotOverCanBeLate() {
        Admission admission = admission(0, 0, 0, 100, AddressSource.NONE);
        assertThat(comeIn(admission, "a").isLate()).isFalse();
        assertThat(place(admission, "a").isLate()).isTrue();
        Place answered = place(admission, "a");
        answered.refuse(Refusal.NO_HANDSHAKE);
        // It has to go as well, but the reason is another one.
        assertThat(answered.isLate()).isTrue();
        assertThat(admission.stats().droppedTotal(Drop.HANDSHAKE_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void countsAddUpHoweverManyComeAndGoAtOnce() {
        Admission admission = admission(20, 3, 0, 40, AddressSource.NONE);
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            String address = "a" + i % 10;
            admission.arrive(address).ifPresent(place -> {
                if (place.admit(address).refusal() == null) place.opened();
                assertThat(admission.stats().connections()).isLessThanOrEqualTo(20 + 64);
                place.release();
            });
        });
        assertNothingIsLeft(admission);
    }

    @Test
    void eachPlaceIsEitherLetInOrCutHoweverManyComeAtOnce() {
        Admission admission = admission(0, 500, 0, 1, AddressSource.NONE);
        LongAdder admitted = new LongAdder();
        LongAdder cut = new LongAdder();
        int dropped = IntStream.range(0, 20_000)
                .parallel()
                .map(i -> {
                    String address = "a" + i % 10;
                    Optional<Place> arrived = admission.arrive(address);
                    arrived.ifPresent(place -> {
                        place.onCut(cut::increment);
                        boolean in = place.admit(address).refusal() == null;
                        if (in) admitted.increment();
                        place.opened();
                        place.release();
                    });
                    return arrived.isPresent() ? 0 : 1;
                })
                .sum();
        assertThat(admitted.sum() + cut.sum() + dropped).isEqualTo(20_000);
        assertThat(admission.stats().droppedTotal(Drop.PENDING_FULL)).isEqualTo(cut.sum() + dropped);
        assertNothingIsLeft(admission);
    }

    private static void assertNothingIsLeft(Admission admission) {
        assertThat(admission.stats().connections()).isZero();
        assertThat(admission.stats().pending()).isZero();
        assertThat(admission.stats().sockets()).isZero();
        assertThat(admission.addresses()).isZero();
        assertThat(admission.waiting()).isZero();
    }

    private static @Nullable Refusal knock(Admission admission, String address) {
        Place place = place(admission, address);
        Refusal refusal = place.admit(address).refusal();
        if (refusal == null) place.opened();
        else place.release();
        return refusal;
    }

    private static Place comeIn(Admission admission, String address) {
        Place place = place(admission, address);
        assertThat(place.admit(address).refusal()).isNull();
        place.opened();
        return place;
    }

    private static Place place(Admission admission, String address) {
        return admission.arrive(address).orElseThrow();
    }

    private Admission admission(int connections, int perAddress, int rate, int pending, AddressSource source) {
        return new Admission(
                config(connections, perAddress, rate, pending, source), FILES, ROOM, overloaded::get, time::get);
    }

    private static AdmissionConfig config(
            int connections, int perAddress, int rate, int pending, AddressSource source) {
        return new AdmissionConfig(
                connections,
                perAddress,
                rate,
                pending,
                Duration.ofSeconds(10),
                8_192,
                source,
                List.of("127.0.0.1"),
                new OverloadConfig(90, Duration.ofSeconds(1), 90, 0));
    }
}
