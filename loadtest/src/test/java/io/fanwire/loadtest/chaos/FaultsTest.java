package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.scenario.CatchUps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FaultsTest {
    private final ManualPace pace = new ManualPace();
    private final RecordingCluster cluster = new RecordingCluster(pace);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private Faults faults = faults();

    @AfterEach
    void close() {
        faults.close();
    }

    @Test
    void stepsHappenAtTheirTimesAndAreMarked() throws InterruptedException {
        faults = faults(
                step(20, Verb.KILL, Part.node(2)),
                step(30, Verb.START, Part.node(2)),
                step(40, Verb.PAUSE, Part.REDIS),
                step(45, Verb.RESUME, Part.REDIS));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end())
                .containsExactly(
                        new Mark(20, "kill node 2"),
                        new Mark(30, "start node 2"),
                        new Mark(40, "pause redis"),
                        new Mark(45, "resume redis"));
        assertThat(cluster.calls()).containsExactly("kill node 2", "start node 2", "pause redis", "resume redis");
        assertThat(told).startsWith("20.0 s: kill node 2");
        assertThat(faults.remarks()).isEmpty();
        assertThat(faults.complaints()).isEmpty();
    }

    @Test
    void aStepThatTakesLongDelaysTheNextButNotThoseAfter() throws InterruptedException {
        cluster.takes("drain node 1", Duration.ofSeconds(9));
        faults = faults(
                step(10, Verb.DRAIN, Part.node(1)),
                step(15, Verb.PAUSE, Part.REDIS),
                step(20, Verb.RESUME, Part.REDIS),
                step(21, Verb.START, Part.node(1)));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end()).extracting(Mark::at).containsExactly(10.0, 19.0, 20.0, 21.0);
        assertThat(faults.remarks())
                .containsExactly("at 15s pause redis began 4s late", "node 1 ended after 1s with exit code 0");
    }

    @Test
    void whatLastsAWhileDoesSoAlsoIfItBeganLate() throws InterruptedException {
        cluster.takes("drain node 1", Duration.ofSeconds(9));
        faults = faults(
                step(10, Verb.DRAIN, Part.node(1)),
                new Step(7, Duration.ofSeconds(15), new Deed.Fault(Verb.PAUSE, Part.REDIS)),
                new Step(7, Duration.ofSeconds(20), new Deed.Fault(Verb.RESUME, Part.REDIS)),
                step(30, Verb.START, Part.node(1)));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end()).extracting(Mark::at).containsExactly(10.0, 19.0, 24.0, 30.0);
        assertThat(faults.remarks())
                .containsExactly("at 15s pause redis began 4s late", "node 1 ended after 1s with exit code 0");
    }

    @Test
    void whatIsBrokenAtTheEndIsMadeWhole() throws InterruptedException {
        faults = faults(
                step(10, Verb.KILL, Part.node(1)),
                step(11, Verb.DISCONNECT, Part.node(2)),
                step(12, Verb.PAUSE, Part.node(3)),
                step(13, Verb.KILL, Part.REDIS));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end())
                .extracting(Mark::label)
                .endsWith("start node 1", "reconnect node 2", "resume node 3", "start redis");
        faults.close();
        assertThat(cluster.calls()).hasSize(8);
    }

    @Test
    void aStepThatFailsEndsThePlanAndIsAComplaint() throws InterruptedException {
        cluster.fails("kill node 2", "no such container");
        faults = faults(
                step(10, Verb.PAUSE, Part.REDIS), step(20, Verb.KILL, Part.node(2)), step(30, Verb.RESUME, Part.REDIS));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end())
                .extracting(Mark::label)
                .containsExactly("pause redis", "kill node 2", "start node 2", "resume redis");
        assertThat(faults.complaints()).containsExactly("p.yaml:20: at 20s kill node 2: no such container");
        // It may have been killed all the same, so it is started.
        assertThat(cluster.calls()).containsExactly("pause redis", "kill node 2", "start node 2", "resume redis");
        assertThat(told).contains("p.yaml:20: at 20s kill node 2: no such container");
    }

    @Test
    void aStartThatFailsIsTriedAgainAtTheEnd() throws InterruptedException {
        cluster.fails("start node 2", "not ready after 30 s");
        faults = faults(step(10, Verb.KILL, Part.node(2)), step(20, Verb.START, Part.node(2)));
        faults.begin(CatchUps.NONE);
        faults.end();
        assertThat(faults.complaints())
                .containsExactly(
                        "p.yaml:20: at 20s start node 2: not ready after 30 s",
                        "not everything is whole again: not ready after 30 s");
        assertThat(cluster.calls()).containsExactly("kill node 2", "start node 2", "start node 2");
    }

    @Test
    void whatCantBeMadeWholeIsAComplaintAndLeavesNothingElseBroken() throws InterruptedException {
        cluster.fails("start node 1", "not ready after 30 s");
        faults = faults(step(10, Verb.KILL, Part.node(1)), step(20, Verb.PAUSE, Part.REDIS));
        faults.begin(CatchUps.NONE);
        faults.end();
        assertThat(faults.complaints()).containsExactly("not everything is whole again: not ready after 30 s");
        assertThat(cluster.calls()).endsWith("start node 1", "resume redis");
    }

    @Test
    void aPartThatEndsByItselfIsACrash() throws InterruptedException {
        cluster.crash(Part.node(3));
        faults = faults(step(10, Verb.KILL, Part.node(1)));
        faults.begin(CatchUps.NONE);
        faults.end();
        assertThat(faults.complaints()).containsExactly("node 3 has ended by itself");
    }

    @Test
    void aNodeThatHasToBeKilledWhenItIsDrainedIsAComplaintAndThePlanGoesOn() throws InterruptedException {
        cluster.resists(Part.node(1));
        faults = faults(step(10, Verb.DRAIN, Part.node(1)), step(20, Verb.START, Part.node(1)));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end()).extracting(Mark::label).containsExactly("drain node 1", "start node 1");
        assertThat(faults.complaints()).containsExactly("node 1 did not end when it was asked to, and was killed");
    }

    @Test
    void aNodeThatEndsWithAFailureWhenItIsDrainedIsAComplaint() throws InterruptedException {
        cluster.endsWith(Part.node(1), 3);
        faults = faults(step(10, Verb.DRAIN, Part.node(1)));
        faults.begin(CatchUps.NONE);
        faults.end();
        assertThat(faults.complaints()).containsExactly("node 1 ended after 1s with exit code 3");
    }

    @Test
    void aRollStartsOneWaitsUntilItIsLongReadyAndDrainsAnother() throws InterruptedException {
        cluster.takes("start node 4", Duration.ofSeconds(2));
        faults = faults(
                new NodeSetup(6, 3, Map.of(), NodeSetup.GRACE_PERIOD, null),
                step(10, new Deed.Roll(Duration.ofSeconds(10))));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end())
                .startsWith(
                        new Mark(10, "roll nodes"),
                        new Mark(10, "start node 4"),
                        new Mark(22, "drain node 1"),
                        new Mark(22, "start node 5"),
                        new Mark(32, "drain node 2"),
                        new Mark(32, "start node 6"),
                        new Mark(42, "drain node 3"));
        assertThat(faults.complaints()).isEmpty();
    }

    @Test
    void aRollThatGoesOnAfterTheMeasuredTimeSaysSo() throws InterruptedException {
        faults = faults(
                new NodeSetup(2, 1, Map.of(), NodeSetup.GRACE_PERIOD, null),
                step(50, new Deed.Roll(Duration.ofSeconds(11))));
        faults.begin(CatchUps.NONE);
        faults.end();
        assertThat(faults.remarks()).contains("drain node 1 came 1s after the measured time");
    }

    @Test
    void whatThePlanExpectsAreBoundsOfFigures() {
        assertThat(faults.bounds()).containsExactly(Map.entry("clients disconnected in a second, most", 3.0));
    }

    @Test
    void whatHappensToRedisConnectionsIsDoneAndTold() throws InterruptedException {
        faults = faults(
                step(10, new Deed.KillConnections(ConnectionType.PUBSUB)),
                step(20, new Deed.DetachReplica()),
                step(22, new Deed.PromoteReplica()));
        faults.begin(CatchUps.NONE);
        assertThat(faults.end())
                .extracting(Mark::label)
                .containsExactly("kill pubsub connections", "detach replica", "promote replica");
        assertThat(cluster.calls()).containsExactly("CLIENT KILL TYPE pubsub", "detach replica", "promote replica");
        assertThat(faults.remarks()).containsExactly("at 10s kill pubsub connections: Redis has closed 2");
    }

    @Test
    void theEndOfEachFaultIsWatchedWhenItIsThere() throws InterruptedException {
        cluster.takes("restore redis", Duration.ofSeconds(2));
        faults = faults(
                step(10, Verb.KILL, Part.node(1)),
                step(11, Verb.START, Part.node(1)),
                step(20, Verb.KILL, Part.REDIS),
                step(22, Verb.RESTORE, Part.REDIS),
                step(30, Verb.DISCONNECT, Part.CLIENTS),
                step(35, Verb.RECONNECT, Part.CLIENTS));
        List<String> watched = Collections.synchronizedList(new ArrayList<>());
        faults.begin(new CatchUps() {
            @Override
            public void watch(double at, String fault) {
                watched.add(at + " " + fault);
            }

            @Override
            public List<Recovery> recoveries() {
                return List.of();
            }
        });
        faults.end();
        assertThat(watched)
                .containsExactly("10.0 kill node 1", "24.0 start redis with its data", "35.0 reconnect clients");
    }

    @Test
    void closingEarlyDoesNoFurtherStepAndMakesWhole() {
        pace.stopsAt(Duration.ofSeconds(20));
        faults = faults(step(10, Verb.PAUSE, Part.REDIS), step(20, Verb.KILL, Part.node(2)));
        faults.begin(CatchUps.NONE);
        pace.awaitStop();
        faults.close();
        assertThat(cluster.calls()).containsExactly("pause redis", "resume redis");
    }

    @Test
    void closingWhatHasNotBegunDoesNothing() {
        faults.close();
        assertThat(cluster.calls()).isEmpty();
    }

    private Faults faults(Step... steps) {
        return faults(NodeSetup.plain(3), steps);
    }

    private Faults faults(NodeSetup nodes, Step... steps) {
        Plan plan = new Plan(
                Path.of("p.yaml"),
                nodes,
                RedisSetup.PLAIN,
                Duration.ofSeconds(60),
                new Traffic(Map.of()),
                Map.of(Bound.DISCONNECTED_IN_A_SECOND, 3.0),
                List.of(steps));
        return new Faults(plan, cluster, told::add, () -> pace);
    }

    private static Step step(int at, Verb verb, Part part) {
        return step(at, new Deed.Fault(verb, part));
    }

    private static Step step(int at, Deed deed) {
        return new Step(at, Duration.ofSeconds(at), deed);
    }
}
