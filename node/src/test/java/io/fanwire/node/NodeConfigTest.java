package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {
    @TempDir
    Path folder;

    @Test
    void withoutSettingsTheDefaultsOfTheContractHold() {
        NodeConfig config = NodeConfig.from(Map.of("PATH", "/bin", "HOME", "/root"));

        assertThat(config.socket().host()).isEqualTo("0.0.0.0");
        assertThat(config.socket().port()).isEqualTo(8080);
        assertThat(config.admin().port()).isEqualTo(9090);
        assertThat(config.redis()).isEmpty();
        assertThat(config.lanes()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void theEnvironmentIsRead() {
        NodeConfig config = NodeConfig.from(
                Map.of("FANWIRE_PORT", "1", "FANWIRE_REDIS_URI", "redis://r:1", "FANWIRE_HEARTBEAT_INTERVAL", "500ms"));

        assertThat(config.socket().port()).isEqualTo(1);
        assertThat(config.redis().orElseThrow().uri()).isEqualTo("redis://r:1");
        assertThat(config.session().heartbeat().interval()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void theLogsShareAQuarterOfTheHeapUnlessToldOtherwise() {
        long heap = Runtime.getRuntime().maxMemory();

        assertThat(NodeConfig.from(Map.of()).topics().maxLogBytes()).isEqualTo(Math.max(heap / 4, 4 << 20));
        assertThat(NodeConfig.from(Map.of("FANWIRE_TOPICS_ALL_LOGS_BYTES", "5000000000"))
                        .topics()
                        .maxLogBytes())
                .isEqualTo(5_000_000_000L);
    }

    @Test
    void theFileIsReadAndTheEnvironmentGoesOverIt() throws IOException {
        String file = file("port: 1\nadmin:\n  port: 2\nheartbeat: {interval: 3s}\n");
        NodeConfig config = NodeConfig.from(Map.of("FANWIRE_CONFIG", file, "FANWIRE_PORT", "4"));

        assertThat(config.socket().port()).isEqualTo(4);
        assertThat(config.admin().port()).isEqualTo(2);
        assertThat(config.session().heartbeat().interval()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FANWIRE_PORT | 99999 | port must be 0 to 65535: 99999",
                "FANWIRE_PORT | abc | port=abc: Expected an integer value, got \"abc\"",
                "FANWIRE_PORT | '' | FANWIRE_PORT is empty; give it a value or leave it out",
                "FANWIRE_TOPICS_LOG_BYTES | 10 | topics.log-bytes must be at least two segments: 10",
                "FANWIRE_TOPICS_ALL_LOGS_BYTES | 4194303 |"
                        + " topics.all-logs-bytes must be at least topics.log-bytes: 4194303",
                "FANWIRE_LOGGING_LEVEL | loud | logging.level=loud: allowed values: warn,debug,error,info",
                "FANWIRE_LANES | -1 | lanes must be 0 to 256: -1",
                "FANWIRE_HEARTBEAT_INTERVAL | 3 |"
                        + " heartbeat.interval=3: must be a duration such as 500ms, 25s, 2m or 1h",
                "FANWIRE_HEARTBEAT_TIMEOUT | 0s | heartbeat.timeout must be positive: PT0S",
                "FANWIRE_LIMITS_PAYLOAD_BYTES | 70000 | limits.payload-bytes must be 1 to 65536: 70000",
                "FANWIRE_REDIS_URI | http://r |"
                        + " redis.uri must start with redis://, rediss:// or redis-sentinel://: http://r",
                "FANWIRE_CONFIG | /nowhere/f.yaml | FANWIRE_CONFIG names a file that can't be read: /nowhere/f.yaml",
            })
    void aBadValueIsNamedWithWhatIsAllowed(String variable, String value, String message) {
        assertThatThrownBy(() -> NodeConfig.from(Map.of(variable, value)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownVariableIsRefused() {
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_PROT", "1")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("unknown setting FANWIRE_PROT; allowed are FANWIRE_ADMIN_HOST, ")
                .hasMessageContaining("FANWIRE_PORT")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aSecretUnderAMisspeltNameIsNotShown() {
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_REDIS_URL", "redis://:s3cret@db:6379")))
                .hasMessageStartingWith("unknown setting FANWIRE_REDIS_URL; ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void anUnknownKeyOfTheFileIsRefused() throws IOException {
        String file = file("heartbeat:\n  intervall: 5s\n");
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_CONFIG", file)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith(
                        "unknown setting heartbeat.intervall in " + file + "; allowed are admin.host, ");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedInOneLine() throws IOException {
        String file = file("port: [1,\n");
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_CONFIG", file)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith(file + " is not YAML: ")
                .hasMessageNotContaining("\n");
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("fanwire.yaml"), yaml).toString();
    }
}
