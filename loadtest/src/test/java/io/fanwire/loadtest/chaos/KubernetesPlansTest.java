package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is rehearsed has to be what is deployed. */
class KubernetesPlansTest {
    private static final Path PLANS = Path.of("plans");
    private static final Path BASE = Path.of("..", "k8s", "base");

    private final Value deployment = YamlFile.read(BASE.resolve("deployment.yaml"));

    static Stream<Path> plans() throws IOException {
        return Files.list(PLANS).filter(file -> file.getFileName().toString().startsWith("k8s-"));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void nodesHaveTheSettingsOfTheManifestsAndNoOthers(Path file) {
        assertThat(Plan.read(file).setup().settings()).isEqualTo(SettingsFile.read(BASE.resolve("fanwire.env")));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void nodesHaveTheGracePeriodOfTheManifests(Path file) {
        assertThat(Plan.read(file).setup().gracePeriod())
                .isEqualTo(seconds("spec.template.spec.terminationGracePeriodSeconds"));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void nodesAreProbedAsInTheManifests(Path file) {
        ServiceSetup service = Objects.requireNonNull(Plan.read(file).setup().service());
        String probe = "spec.template.spec.containers.0.readinessProbe.";
        assertThat(service.probePeriod()).isEqualTo(seconds(probe + "periodSeconds"));
        assertThat(service.probeTimeout()).isEqualTo(seconds(probe + "timeoutSeconds"));
        // Where a machine is gone, nobody probes: it is missed after 40 s. Late are those who forward.
        Duration unnoticed = service.probePeriod().multipliedBy(service.probeFailures());
        if (file.endsWith("k8s-machine-loss.yaml")) assertThat(unnoticed).isEqualTo(Duration.ofSeconds(40));
        else if (file.endsWith("k8s-roll-late.yaml")) assertThat(unnoticed).isEqualTo(service.removalDelay());
        else assertThat(service.probeFailures()).isEqualTo(number(probe + "failureThreshold"));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aRollIsTheDeployments(Path file) {
        assertThat(text("spec.strategy.rollingUpdate.maxSurge")).isEqualTo("1");
        assertThat(text("spec.strategy.rollingUpdate.maxUnavailable")).isEqualTo("0");
        Duration minReady = seconds("spec.minReadySeconds");
        assertThat(Plan.read(file).steps())
                .extracting(Step::deed)
                .filteredOn(Deed.Roll.class::isInstance)
                .allMatch(deed -> deed.equals(new Deed.Roll(minReady)));
    }

    @Test
    void bothOrdersAreRehearsed() throws IOException {
        assertThat(plans().map(file -> file.getFileName().toString()))
                .contains(
                        "k8s-roll-before.yaml",
                        "k8s-roll-after.yaml",
                        "k8s-scale-down-before.yaml",
                        "k8s-scale-down-after.yaml");
    }

    private Duration seconds(String path) {
        return Duration.ofSeconds(number(path));
    }

    private int number(String path) {
        return Integer.parseInt(text(path));
    }

    /** @param path of names and, in lists, of numbers */
    private String text(String path) {
        Value value = deployment;
        for (String step : path.split("\\.", -1)) value = child(value, step, path);
        return ((Value.Text) value).text();
    }

    private static Value child(Value value, String step, String path) {
        if (value instanceof Value.Sequence list) return list.items().get(Integer.parseInt(step));
        return Objects.requireNonNull(((Value.Mapping) value).entries().get(step), path);
    }
}
