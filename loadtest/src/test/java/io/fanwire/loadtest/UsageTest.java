package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                         | a command is missing: demo, sub, pub or load",
                "fly                      | 'fly'",
                "demo --fast              | Unknown option: '--fast'",
                "demo extra               | 'extra'",
                "demo --for 15            | \"15\" is none like 500ms, 15s, 2m or 1h",
                "demo --for 0s            | it must be positive",
                "demo --nodes 0           | --nodes must be between 1 and 20: 0",
                "demo --nodes three       | '--nodes'",
                "demo --port 0            | --port must be between 1 and 65533: 0",
                "demo --port 65534        | --port must be between 1 and 65533: 65534",
                "demo --rate 0            | --rate must be between 1 and 100000 per second: 0",
                "demo --subscribers 2     | --subscribers must be at least one per node: 2",
                "sub                      | Missing required parameter: 'TOPIC'",
                "sub :x                   | a topic's namespace must not be empty",
                "sub a --count 0          | --count must be at least 1",
                "sub a --count many       | '--count'",
                "sub a --url http://x/ws  | a url must look like ws://host:8080/ws",
                "sub a --since 1-2        | --since is not supported yet",
                "pub                      | 'TOPIC'",
                "pub to!pic hello         | a topic must not contain '!'",
                "pub a b c                | 'c'",
                "load                     | load scenarios come with the next version",
                "load fanout --rate 5     | load scenarios come with the next version"
            })
    void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String complaint) {
        assertThat(execute(arguments == null ? "" : arguments)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("fanwire")
                .contains(complaint)
                .endsWith("--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "demo --help", "sub --help", "pub --help", "load --help", "demo -h"})
    void helpIsPrinted(String arguments) {
        assertThat(execute(arguments)).isZero();
        assertThat(out.toString()).contains("Usage: fanwire");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsPrinted() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("fanwire ");
    }

    private int execute(String arguments) {
        CommandLine main = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return main.execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    }
}
