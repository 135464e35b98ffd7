package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.harness.RedisPersistence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest {
    private static final Path PLANS = Path.of("plans");
    private static final String ALLOWED =
            "nodes, start-with, settings, settings-from, grace-period, service, redis, for,"
                    + " traffic, expect, steps";

    @TempDir
    Path directory;

    static Stream<Path> plans() throws IOException {
        return Files.list(PLANS).filter(file -> file.toString().endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void everyPlanThatComesAlongCanBeCarriedOut(Path file) {
        Plan plan = Plan.read(file);
        plan.check(file.endsWith("network.yaml") ? Driver.DOCKER : Driver.PROCESS);
        assertThat(plan.steps()).isNotEmpty();
    }

    @Test
    void saysWhatHappensAndWhen() {
        Plan plan = Plan.read(PLANS.resolve("mixed.yaml"));
        plan.check(Driver.PROCESS);
        assertThat(plan.nodes()).isEqualTo(3);
        assertThat(plan.length()).isEqualTo(Duration.ofMinutes(2));
        assertThat(plan.traffic().options())
                .containsSequence("--payload", "128", "--rate", "500", "--subscribers", "90", "--topics", "30");
        assertThat(plan.traffic().topics()).hasSize(30).startsWith("chaos:1");
        assertThat(plan.steps())
                .extracting(Step::toString)
                .containsExactly(
                        "at 10s 10 slow subscribers",
                        "at 10s 20 half-open clients",
                        "at 20s kill node 2",
                        "at 30s start node 2",
                        "at 40s pause redis",
                        "at 45s resume redis",
                        "at 60s kill redis",
                        "at 62s start redis",
                        "at 80s drain node 1",
                        "at 95s start node 1");
    }

    @Test
    void theEndOfWhatLastsTakesItsPlaceAmongTheOthers() throws IOException {
        Plan plan = Plan.read(steps("{at: 0s, pause: redis, for: 1500ms}", "{at: 1s, kill: node 1}"));
        assertThat(plan.steps())
                .extracting(Step::toString)
                .containsExactly("at 0s pause redis", "at 1s kill node 1", "at 1.5s resume redis");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explode: node 1, at: 1s        | unknown step \"explode\"; allowed are kill, start, pause, restart, drain,"
                        + " roll, disconnect, clients-offline, kill-connections, overflow, promote, slow-subscribers, half-open, never-readers,"
                        + " idle-connections, slow-handshakes, connect-burst",
                "at: 1s                         | a step that does nothing; allowed are kill, start, pause, restart, drain,"
                        + " roll, disconnect, clients-offline, kill-connections, overflow, promote, slow-subscribers, half-open, never-readers,"
                        + " idle-connections, slow-handshakes, connect-burst",
                "kill: node 1                   | \"at\" is missing, such as at: 20s",
                "at: 1, kill: node 1            | \"at\": \"1\" is none like 500ms, 15s, 2m or 1h",
                "at: soon, kill: node 1         | \"at\": \"soon\" is none like 500ms, 15s, 2m or 1h",
                "at: -1s, kill: node 1          | \"at\": \"-1s\" is none like 500ms, 15s, 2m or 1h",
                "at: 25h, kill: node 1          | \"at\" must be at most 24h: 25h",
                "at: [1s], kill: node 1         | \"at\" should be like 20s",
                "at: 1s, at: 2s, kill: node 1   | \"at\" comes twice",
                "at: 1s, clients-offline: 0s    | \"clients-offline\": it must be positive",
                "at: 50s, clients-offline: 15s  | at 65s reconnect clients: the plan ends at 60s",
                "at: 1s, kill-connections: all  | kill-connections what? \"all\" is neither pubsub nor normal",
                "at: 1s, overflow: redis        | overflow what? \"redis\" is neither pubsub nor normal",
                "at: 1s, promote: node 2, lacking: 1s | promote what? only a replica can be promoted, not node 2",
                "at: 1s, promote: replica       | \"lacking\" is missing, such as lacking: 2s",
                "at: 1s, promote: replica, lacking: 2s | at 1s detach replica: there is none unless the plan says"
                        + " redis: {replica: true}",
                "at: 1s, restart: redis, for: 2s, keep-data: yes | \"keep-data\" must be true or false: yes",
                "at: 1s, restart: node 1, for: 2s, keep-data: true | keep-data: a node has no data, only redis has",
                "at: 1s, restart: redis, for: 2s, keep-data: true | at 3s start redis with its data: Redis keeps none"
                        + " unless the plan says redis: {persistence: everysec}",
                "at: 1s, kill: node 1, for: 2s  | unknown field \"for\"; allowed are at, kill",
                "at: 1s, kill: node 1, start: node 2 | a step does one thing, not both kill and start",
                "at: 1s, kill: node             | kill what? \"node\" is neither redis nor like node 2",
                "at: 1s, kill: Redis            | kill what? \"Redis\" is neither redis nor like node 2",
                "at: 1s, kill:                  | kill what? \"\" is neither redis nor like node 2",
                "at: 1s, kill: node 4           | at 1s kill node 4: nodes are numbered from 1 to 3",
                "at: 1s, kill: node 0           | at 1s kill node 0: nodes are numbered from 1 to 3",
                "at: 1s, roll: node 1, min-ready: 1s | roll what? only nodes can be, not node 1",
                "at: 1s, roll: nodes            | \"min-ready\" is missing, such as min-ready: 10s",
                "at: 1s, drain: redis           | drain: only nodes can be drained, not redis",
                "at: 1s, start: node 2          | at 1s start node 2: node 2 is running then",
                "at: 1s, pause: redis           | \"for\" is missing, such as for: 5s",
                "at: 1s, pause: redis, for: 0s  | \"for\": it must be positive",
                "at: 1s, restart: redis         | \"for\" is missing, such as for: 5s",
                "at: 1s, disconnect: node 1     | \"for\" is missing, such as for: 5s",
                "at: 1s, never-readers: 5       | \"for\" is missing, such as for: 30s",
                "at: 40s, never-readers: 5, for: 30s | at 40s 5 never-reading subscribers for 30s: the plan ends before, at 60s",
                "at: 40s, connect-burst: 5, for: 30s | at 40s 5 connection attempts within 30s: the plan ends before, at 60s",
                "at: 1s, idle-connections: 20000, for: 30s | \"idle-connections\" must be a number from 1 to 10000: 20000",
                "at: 60s, kill: node 1          | at 60s kill node 1: the plan ends at 60s",
                "at: 50s, pause: redis, for: 11s | at 61s resume redis: the plan ends at 60s",
                "at: 1s, half-open: 0           | \"half-open\" must be a number from 1 to 10000: 0",
                "at: 1s, half-open: many        | \"half-open\" must be a number from 1 to 10000: many",
                "at: 1s, half-open: 99999999999 | \"half-open\" must be a number from 1 to 10000: 99999999999",
                "at: 1s, slow-subscribers: 5    | \"bytes-per-second\" is missing, such as bytes-per-second: 1000"
            })
    void aStepThatMakesNoSenseIsOneLine(String step, String complaint) throws IOException {
        Path file = steps("{" + step + "}");
        assertThatThrownBy(() -> Plan.read(file))
                .isInstanceOf(PlanException.class)
                .hasMessage(file + ":4: " + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{at: 1s, kill: node 2}  | {at: 5s, kill: node 2}           | at 5s kill node 2: node 2 is down since 1s then",
                "{at: 1s, drain: node 2} | {at: 5s, pause: node 2, for: 1s} | at 5s pause node 2: node 2 is down since 1s then",
                "{at: 1s, pause: redis, for: 9s}   | {at: 5s, kill: redis} | at 5s kill redis: redis is paused since 1s then",
                "{at: 1s, restart: redis, for: 9s} | {at: 5s, start: redis} | at 10s start redis: redis is running since 5s then",
                "{at: 1s, disconnect: node 1, for: 9s} | {at: 2s, kill: node 1} | at 2s kill node 1: node 1 is disconnected since 1s then",
                "{at: 1s, pause: redis, for: 9s} | {at: 2s, overflow: pubsub} | at 2s overflow pubsub connections: redis is"
                        + " paused since 1s then",
                "{at: 1s, clients-offline: 9s} | {at: 2s, clients-offline: 9s} | at 2s disconnect clients: clients is"
                        + " disconnected since 1s then",
                "{at: 5s, kill: node 2}  | {at: 1s, start: node 2}          | at 1s start node 2 comes after a step at 5s"
            })
    void stepsThatContradictEachOtherAreOneLine(String first, String second, String complaint) throws IOException {
        Path file = steps(first, second);
        assertThatThrownBy(() -> Plan.read(file))
                .isInstanceOf(PlanException.class)
                .message()
                .matches(message -> message.startsWith(file + ":4: ") || message.startsWith(file + ":5: "))
                .endsWith(": " + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                  | : is empty",
                "just words                          | :1: here should be a plan with " + ALLOWED,
                "{nodes: 3, for: 1s, stepz: []}      | :1: unknown field \"stepz\"; allowed are " + ALLOWED,
                "{for: 1s, steps: []}                | :1: \"nodes\" is missing, such as nodes: 3",
                "{nodes: 21, for: 1s, steps: []}     | :1: \"nodes\" must be a number from 1 to 20: 21",
                "{nodes: 3, steps: []}               | :1: \"for\" is missing, such as for: 120s",
                "{nodes: 3, for: 1s}                 | :1: \"steps\" is missing, such as steps: {at: 20s, kill: node 2}",
                "{nodes: 3, for: 1s, steps: none}    | :1: \"steps\" should be a list of {at: 20s, kill: node 2}",
                "{nodes: 3, for: 1s, steps: [kill]}  | :1: here should be a step like {at: 20s, kill: node 2}",
                "{nodes: 3, for: 1s, traffic: much}  | :1: here should be traffic like {topics: 30, rate: 500}",
                "{nodes: 3, for: 1s, traffic: {speed: 1}} | :1: unknown field \"speed\"; allowed are topics, subscribers,"
                        + " publishers, rate, payload",
                "{nodes: 3, for: 1s, redis: {replica: 1}, steps: []} | :1: \"replica\" must be true or false: 1",
                "{nodes: 3, for: 1s, redis: {persistence: rdb}, steps: []} | :1: \"persistence\" must be one of none,"
                        + " everysec, always: rdb",
                "{nodes: 3, for: 1s, redis: {aof: yes}, steps: []} | :1: unknown field \"aof\"; allowed are persistence,"
                        + " replica",
                "{nodes: 3, for: 1s, traffic: {rate: 0}}  | :1: \"rate\" must be a number from 1 to 1000000: 0",
                "{nodes: 3, for: 1s, expect: much, steps: []} | :1: here should be what to expect, like"
                        + " {disconnected-in-a-second: 3%}",
                "{nodes: 3, for: 1s, expect: {losses: 1%}, steps: []} | :1: unknown field \"losses\"; allowed are"
                        + " disconnected-at-once, disconnected-in-a-second",
                "{nodes: 3, for: 1s, expect: {disconnected-at-once: 3}, steps: []} | :1: \"disconnected-at-once\" must be"
                        + " from 0% to 100%, such as 3%: 3",
                "{nodes: 3, for: 1s, service: x, steps: []} | :1: here should be a service like {probe-period: 2s,"
                        + " endpoint-removal: before, removal-delay: 3s}",
                "{nodes: 3, for: 1s, service: {removal-delay: 3s}, steps: []} | :1: \"endpoint-removal\" is missing, such as"
                        + " endpoint-removal: before",
                "{nodes: 3, for: 1s, grace-period: 2s, service: {removal-delay: 3s}, steps: []} | :1: removal-delay must be"
                        + " shorter than the grace period, 2s",
                "{nodes: 3                           | :1: no YAML: expected ',' or '}', but got <stream end>",
                "'{nodes: 3, for: 1s, steps: []}\n---\n{}' | :3: a second document begins here, one is a plan"
            })
    void aFileThatIsNoPlanIsOneLine(String text, String complaint) throws IOException {
        Path file = Files.writeString(directory.resolve("plan.yaml"), text);
        if (text.contains("traffic")) Files.writeString(file, text.replace("traffic", "steps: [], traffic"));
        assertThatThrownBy(() -> Plan.read(file))
                .isInstanceOf(PlanException.class)
                .hasMessage(file + complaint);
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("none.yaml");
        assertThatThrownBy(() -> Plan.read(file)).hasMessage(file + ": there is no such file");
        assertThatThrownBy(() -> Plan.read(directory)).hasMessage(directory + ": there is no such file");
    }

    @Test
    void attacksHaveACountAndATime() throws IOException {
        Plan plan = Plan.read(steps(
                "{at: 1s, idle-connections: 10000, for: 20s}",
                "{at: 2s, slow-handshakes: 500, for: 20s}",
                "{at: 3s, connect-burst: 50000, for: 20s}",
                "{at: 4s, never-readers: 1000, for: 20s}"));
        assertThat(plan.steps())
                .extracting(Step::toString)
                .containsExactly(
                        "at 1s 10000 idle connections within 20s",
                        "at 2s 500 slow handshakes within 20s",
                        "at 3s 50000 connection attempts within 20s",
                        "at 4s 1000 never-reading subscribers for 20s");
    }

    @Test
    void nodesMayComeLaterAndHaveSettings() throws IOException {
        Plan plan = Plan.read(Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 3
                start-with: 2
                settings: {FANWIRE_DRAIN_DURATION: 5s}
                for: 10s
                steps:
                  - {at: 1s, start: node 3}
                """));
        assertThat(plan.setup().atStart()).isEqualTo(2);
        assertThat(plan.setup().settings()).containsExactly(Map.entry("FANWIRE_DRAIN_DURATION", "5s"));
        assertThatThrownBy(() -> plan.check(Driver.DOCKER)).hasMessageContaining("takes nodes as they are");
    }

    @Test
    void aNodeThatComesLaterCannotBeKilledBefore() throws IOException {
        Path file = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 2
                start-with: 1
                for: 10s
                steps:
                  - {at: 1s, kill: node 2}
                """);
        assertThatThrownBy(() -> Plan.read(file)).hasMessageContaining("node 2 is down then");
    }

    @Test
    void aSettingThatIsNoNodesIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 1
                settings: {PATH: x}
                for: 10s
                steps:
                  - {at: 1s, kill: node 1}
                """);
        assertThatThrownBy(() -> Plan.read(file))
                .hasMessageContaining("a node's setting is like")
                .hasMessageEndingWith("not PATH");
    }

    @Test
    void saysWhatItNeeds() throws IOException {
        assertThat(Plan.read(steps("{at: 1s, kill: node 1}")).layout()).isEqualTo(Layout.plain(3));
        assertThat(Plan.read(steps("{at: 1s, clients-offline: 5s}")).layout().losesClients())
                .isTrue();
        Path file = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 1
                redis: {persistence: always, replica: true}
                for: 60s
                steps:
                  - {at: 1s, promote: replica, lacking: 2s}
                  - {at: 9s, restart: redis, for: 1s, keep-data: true}
                """);
        Plan plan = Plan.read(file);
        assertThat(plan.layout().redis()).isEqualTo(new RedisSetup(RedisPersistence.ALWAYS, true));
        assertThat(plan.steps())
                .extracting(Step::toString)
                .containsExactly(
                        "at 1s detach replica",
                        "at 3s promote replica",
                        "at 9s kill redis",
                        "at 10s start redis with its data");
        assertThatThrownBy(() -> plan.check(Driver.DOCKER))
                .hasMessage(file + ": redis: the docker driver takes Redis as it is, only process sets it up");
    }

    @Test
    void aStepThatNeedsProcessesIsRefusedToContainers() throws IOException {
        Path file = steps("{at: 1s, clients-offline: 5s}");
        assertThatThrownBy(() -> Plan.read(file).check(Driver.DOCKER))
                .hasMessage(file + ":4: at 1s disconnect clients: the docker driver can't, only process can");
        Plan.read(steps("{at: 1s, kill-connections: pubsub}", "{at: 2s, overflow: pubsub}"))
                .check(Driver.DOCKER);
    }

    @Test
    void aStepThatNeedsContainersIsRefusedToProcesses() throws IOException {
        Path file = steps("{at: 1s, disconnect: node 1, for: 1s}");
        Plan plan = Plan.read(file);
        plan.check(Driver.DOCKER);
        assertThatThrownBy(() -> plan.check(Driver.PROCESS))
                .hasMessage(file + ":4: at 1s disconnect node 1: the process driver can't, only docker can");
    }

    @Test
    void settingsMayComeFromAFileAndThePlansOwnGoOverThem() throws IOException {
        Path settings = Files.writeString(directory.resolve("node.env"), """
                # Comments and empty lines are none.

                FANWIRE_DRAIN_DELAY=5s
                FANWIRE_DRAIN_DURATION=60s
                JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=2
                """);
        Path file = Files.writeString(directory.resolve("plan.yaml"), """
                nodes: 1
                settings-from: node.env
                settings: {FANWIRE_DRAIN_DURATION: 2s}
                for: 1s
                steps: []
                """);
        assertThat(Plan.read(file).setup().settings())
                .containsOnly(
                        Map.entry("FANWIRE_DRAIN_DELAY", "5s"),
                        Map.entry("FANWIRE_DRAIN_DURATION", "2s"),
                        Map.entry("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=2"));
        Files.writeString(settings, "A=1\nB\n");
        assertThatThrownBy(() -> Plan.read(file)).hasMessage(settings + ":2: should be like NAME=value: B");
        Files.delete(settings);
        assertThatThrownBy(() -> Plan.read(file)).hasMessageStartingWith(settings + ": can't be read: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: 4, start-with: 2 | roll: nodes, min-ready: 1s | there is no service: clients would not find new nodes",
                "nodes: 3, start-with: 2, service: {endpoint-removal: after, removal-delay: 0s} | roll: nodes, min-ready: 1s |"
                        + " as many nodes have to come as there were at the start, so nodes: 4",
                "nodes: 2, service: {endpoint-removal: after, removal-delay: 0s} | clients-offline: 1s |"
                        + " clients can't be cut off from a service"
            })
    void whatGoesOnlyWithAServiceOrNotWithOneIsOneLine(String head, String step, String complaint) throws IOException {
        Path file = Files.writeString(
                directory.resolve("plan.yaml"), "{" + head + ", for: 60s, steps: [{at: 1s, " + step + "}]}");
        assertThatThrownBy(() -> Plan.read(file))
                .isInstanceOf(PlanException.class)
                .hasMessageEndingWith(": " + complaint);
    }

    private Path steps(String... steps) throws IOException {
        String text = "nodes: 3\nfor: 60s\nsteps:\n  - " + String.join("\n  - ", steps) + "\n";
        return Files.writeString(directory.resolve("plan.yaml"), text);
    }
}
