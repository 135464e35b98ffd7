package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a pod that can't start says in its log: one line, which docs/deploy.md has word for word. */
class BadInputIT {
    // The JVM's, about JDK_JAVA_OPTIONS; it does not speak of anything that went wrong.
    private static final Pattern NOTE = Pattern.compile("(?m)^NOTE: .*\\R?");
    private static final int CANNOT_START = 1;
    private static final int WRONG_CONFIGURATION = 2;
    private static PodNetwork network;
    private static PodSpec dev;

    @BeforeAll
    static void startRedis() {
        dev = PodSpec.of("dev");
        network = PodNetwork.create();
        network.redis("--requirepass", "right").awaitRedis("right");
    }

    @AfterAll
    static void removeAll() {
        if (network != null) network.close();
    }

    @Test
    void aSettingWithATypo() {
        assertFails(
                dev.with("FANWIRE_DRAIN_DURATON", "60s"),
                WRONG_CONFIGURATION,
                "fanwire node: unknown setting FANWIRE_DRAIN_DURATON");
    }

    @Test
    void aSettingWithABadValue() {
        assertFails(
                dev.with("FANWIRE_DRAIN_DURATION", "60 sec"),
                WRONG_CONFIGURATION,
                "fanwire node: drain.duration=60 sec: must be a duration such as 500ms, 25s, 2m or 1h");
    }

    @Test
    void aHostThatNobodyKnows() {
        assertGivesUp(
                dev.with("FANWIRE_REDIS_URI", "redis://:secret@redis.invalid:6379"),
                "cannot connect to redis://***@redis.invalid:6379: ");
    }

    @Test
    void aPortOnWhichNobodyListens() {
        assertGivesUp(dev.with("FANWIRE_REDIS_URI", "redis://redis:6380"), "cannot connect to redis://redis:6380: ");
    }

    @Test
    void aWrongPassword() {
        assertFails(
                dev.with("FANWIRE_REDIS_URI", "redis://:wrong@redis:6379"),
                CANNOT_START,
                "fanwire node: cannot connect to redis://***@redis:6379: WRONGPASS");
    }

    @Test
    void noPasswordWhereOneIsWanted() {
        assertFails(dev, CANNOT_START, "fanwire node: cannot connect to redis://redis:6379: NOAUTH");
    }

    @Test
    void encryptionWhereRedisSpeaksNone() {
        assertGivesUp(
                dev.with("FANWIRE_REDIS_URI", "rediss://:right@redis:6379"),
                "cannot connect to rediss://***@redis:6379: ");
    }

    @Test
    void aSecretThatIsThereButEmpty() {
        assertFails(
                dev.with("FANWIRE_REDIS_URI", ""),
                WRONG_CONFIGURATION,
                "fanwire node: FANWIRE_REDIS_URI is empty; give it a value or leave it out");
    }

    @Test
    void withoutAnAddressANodeIsAloneAndSaysSo() {
        try (Pod pod = network.node(dev.without("FANWIRE_REDIS_URI"))) {
            pod.awaitReady();
            assertThat(pod.logs()).contains("backplane local");
            assertThat(pod.get("/api/cluster").body())
                    .contains("\"members\":[{\"id\":\"fanwire-0\"")
                    .doesNotContain("},{");
        }
    }

    @Test
    void aPortThatIsTaken() {
        assertFails(
                dev.with("FANWIRE_REDIS_URI", "redis://:right@redis:6379").with("FANWIRE_ADMIN_PORT", "8080"),
                CANNOT_START,
                "fanwire node: can't listen on 0.0.0.0:8080: Address already in use");
    }

    @Test
    void aPortThatIsNotForEverybody() {
        // Docker lets everybody have all ports, which the kernel does not by itself.
        PodSpec strict = dev.with("FANWIRE_REDIS_URI", "redis://:right@redis:6379")
                .with("FANWIRE_PORT", "80")
                .with(List.of("--sysctl", "net.ipv4.ip_unprivileged_port_start=1024"));
        assertFails(strict, CANNOT_START, "fanwire node: can't listen on 0.0.0.0:80: Permission denied");
    }

    private static void assertFails(PodSpec spec, int code, String line) {
        try (Pod pod = network.node(spec)) {
            assertThat(pod.awaitExit()).as(pod::logs).isEqualTo(code);
            String said = NOTE.matcher(pod.logs() + "\n").replaceAll("").strip();
            assertThat(said).startsWith(line).hasLineCount(1);
        }
    }

    /** What may pass is waited for, here for less time than a pod takes: it says so, and then the same. */
    private static void assertGivesUp(PodSpec spec, String why) {
        try (Pod pod = network.node(spec.with("FANWIRE_REDIS_START_TIMEOUT", "1s"))) {
            assertThat(pod.awaitExit()).as(pod::logs).isEqualTo(CANNOT_START);
            List<String> said = NOTE.matcher(pod.logs() + "\n")
                    .replaceAll("")
                    .strip()
                    .lines()
                    .toList();
            assertThat(said)
                    .allSatisfy(line -> assertThat(line).contains(why))
                    .anySatisfy(line -> assertThat(line).contains(why).endsWith("; trying again for 1 s"))
                    .anySatisfy(line -> assertThat(line).startsWith("fanwire node: " + why));
        }
    }
}
