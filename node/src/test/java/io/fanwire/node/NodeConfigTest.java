package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.node.namespace.Durability;
import io.fanwire.node.namespace.FallBehind;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespace;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.node.namespace.UnknownNamespaceException;
import io.fanwire.protocol.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aListIsReadFromTheFileAndTheEnvironmentGoesOverIt() throws IOException {
        String file = file("proxy:\n  trusted: [10.0.0.0/8, \"fd00::/8\"]\n");
        assertThat(NodeConfig.from(Map.of("FANWIRE_CONFIG", file)).admission().trusted())
                .containsExactly("10.0.0.0/8", "fd00::/8");
        Map<String, String> both = Map.of("FANWIRE_CONFIG", file, "FANWIRE_PROXY_TRUSTED", "10.1.0.0/16,192.168.1.7");
        assertThat(NodeConfig.from(both).admission().trusted()).containsExactly("10.1.0.0/16", "192.168.1.7");
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
                "FANWIRE_NAMESPACES_CHAT_HISTORY_SIZE | 1000001 |"
                        + " namespaces.chat.history-size must be 0 to 1000000: 1000001",
                "FANWIRE_NAMESPACES_CHAT_HISTORY_SIZE | many |"
                        + " namespaces.chat.history-size=many: Expected an integer value, got \"many\"",
                "FANWIRE_NAMESPACES_CHAT_HISTORY_AGE | 1ms | namespaces.chat.history-age must be 1s to 720h: PT0.001S",
                "FANWIRE_NAMESPACES_CHAT_HISTORY_BYTES | 0 | namespaces.chat.history-bytes must be positive: 0",
                "FANWIRE_NAMESPACES_CHAT_PAYLOAD_BYTES | 70000 |"
                        + " namespaces.chat.payload-bytes must be 1 to 65536: 70000",
                "FANWIRE_PROXY_TRUSTED | 10.0.0.0/33 | proxy.trusted must be networks such as 10.0.0.0/8: 10.0.0.0/33",
                "FANWIRE_PROXY_TRUSTED | localhost | proxy.trusted must be networks such as 10.0.0.0/8: localhost",
                "FANWIRE_PROXY_TRUSTED | 10.0.0.256 | proxy.trusted must be networks such as 10.0.0.0/8: 10.0.0.256",
                "FANWIRE_PROXY_ADDRESS_FROM | forwarded |"
                        + " proxy.trusted must name the proxies' networks where proxy.address-from is set",
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

    @Test
    void withoutNamespacesOneWithTheDefaultsTakesEveryTopic() {
        Namespaces namespaces = NodeConfig.from(Map.of()).namespaces();

        assertThat(namespaces.of(new Topic("t"))).isEqualTo(Namespace.DEFAULT);
        assertThat(namespaces.of(new Topic("any:t"))).isEqualTo(Namespace.DEFAULT);
    }

    @Test
    void namespacesAreReadFromTheEnvironment() {
        Namespace chat = namespace(
                Map.of(
                        "FANWIRE_NAMESPACES_CHAT_HISTORY_SIZE", "7",
                        "FANWIRE_NAMESPACES_CHAT_HISTORY_AGE", "90s",
                        "FANWIRE_NAMESPACES_CHAT_HISTORY_BYTES", "5000000000",
                        "FANWIRE_NAMESPACES_CHAT_RESUME", "false",
                        "FANWIRE_NAMESPACES_CHAT_FALL_BEHIND", "latest",
                        "FANWIRE_NAMESPACES_CHAT_PAYLOAD_BYTES", "100",
                        "FANWIRE_NAMESPACES_CHAT_DURABILITY", "replicated"),
                "chat:t");

        assertThat(chat)
                .isEqualTo(new Namespace(
                        "chat",
                        new HistoryConfig(7, Duration.ofSeconds(90), 5_000_000_000L),
                        false,
                        FallBehind.LATEST,
                        100,
                        Durability.REPLICATED));
    }

    @Test
    void whatANamespaceDoesNotSayIsTheDefault() {
        Namespace chat = namespace(Map.of("FANWIRE_NAMESPACES_CHAT_RESUME", "false"), "chat:t");

        assertThat(chat.history()).isEqualTo(HistoryConfig.DEFAULT);
        assertThat(chat.fallBehind()).isEqualTo(FallBehind.GAP);
    }

    @Test
    void onceANamespaceIsSetUpOthersAreRefused() {
        Namespaces namespaces = NodeConfig.from(Map.of("FANWIRE_NAMESPACES_CHAT_HISTORY_SIZE", "7"))
                .namespaces();

        assertThatThrownBy(() -> namespaces.of(new Topic("news:t"))).isInstanceOf(UnknownNamespaceException.class);
        assertThatThrownBy(() -> namespaces.of(new Topic("t"))).isInstanceOf(UnknownNamespaceException.class);
    }

    @Test
    void theDefaultNamespaceTakesThoseThatAreNotSetUp() {
        Map<String, String> settings =
                Map.of("FANWIRE_NAMESPACES_CHAT_HISTORY_SIZE", "7", "FANWIRE_NAMESPACES_DEFAULT_HISTORY_SIZE", "8");

        assertThat(namespace(settings, "chat:t").history().size()).isEqualTo(7);
        assertThat(namespace(settings, "news:t").history().size()).isEqualTo(8);
        assertThat(namespace(settings, "t").history().size()).isEqualTo(8);
    }

    @Test
    void namespacesAreReadFromTheFileAndTheEnvironmentGoesOverIt() throws IOException {
        String file = file("namespaces:\n  chat:\n    history-size: 5\n    resume: false\n  news: {history-age: 1h}\n");
        Map<String, String> settings = Map.of("FANWIRE_CONFIG", file, "FANWIRE_NAMESPACES_CHAT_HISTORY_SIZE", "6");

        assertThat(namespace(settings, "chat:t").history().size()).isEqualTo(6);
        assertThat(namespace(settings, "chat:t").resume()).isFalse();
        assertThat(namespace(settings, "news:t").history().age()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a-b", "a_b", "A", "a.b-c.d", "7"})
    void theFileMayNameANamespaceAsATopicMay(String name) throws IOException {
        for (String key : List.of(name, '"' + name + '"')) {
            String file = file("namespaces:\n  " + key + ":\n    history-size: 5\n");

            Namespace read = namespace(Map.of("FANWIRE_CONFIG", file), name + ":t");
            assertThat(read.name()).isEqualTo(name);
            assertThat(read.history().size()).isEqualTo(5);
        }
    }

    @Test
    void anUnderscoreInAVariableBelongsToTheName() {
        Map<String, String> settings = Map.of("FANWIRE_NAMESPACES_MY_CHAT_HISTORY_SIZE", "7");
        assertThat(namespace(settings, "my_chat:t").history().size()).isEqualTo(7);
    }

    @Test
    void anUnknownKeyOfANamespaceIsRefused() throws IOException {
        String file = file("namespaces:\n  chat:\n    histroy-size: 5\n");
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_CONFIG", file)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("unknown setting namespaces.chat.histroy-size in " + file + "; allowed are ")
                .hasMessageContaining("namespaces.*.history-size")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_NAMESPACES_CHAT_HISTROY_SIZE", "5")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("unknown setting FANWIRE_NAMESPACES_CHAT_HISTROY_SIZE; allowed are ");
    }

    @Test
    void aBadValueOfANamespaceInTheFileIsNamed() throws IOException {
        String file = file("namespaces:\n  a.b:\n    history-size: -1\n");
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_CONFIG", file)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("namespaces.a.b.history-size must be 0 to 1000000: -1");
    }

    @Test
    void aBadChoiceOfANamespaceIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> NodeConfig.from(Map.of("FANWIRE_NAMESPACES_CHAT_FALL_BEHIND", "wait")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("namespaces.chat.fall-behind=wait: allowed values: ")
                .hasMessageContainingAll("latest", "gap", "close")
                .hasMessageNotContaining("\n");
    }

    private static Namespace namespace(Map<String, String> settings, String topic) {
        return NodeConfig.from(settings).namespaces().of(new Topic(topic));
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("fanwire.yaml"), yaml).toString();
    }
}
