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
                "sub a --since yesterday  | \"yesterday\" is none like beginning, 5m, last:10 or a position",
                "sub a --since last:0     | \"last:0\" is none like beginning",
                "sub a --since last:x     | \"last:x\" is none like beginning",
                "sub a --since 5d         | \"5d\" is none like 500ms, 15s, 2m or 1h",
                "sub a --since 0s         | it must be positive",
                "sub a --since 1--2       | \"1--2\" is none like beginning",
                "sub a b --since 1-2      | --since with a position takes one topic",
                "pub                      | 'TOPIC'",
                "pub to!pic hello         | a topic must not contain '!'",
                "pub a b c                | 'c'",
                "load                     | a scenario is missing: ",
                "load fly                 | 'fly'",
                "load fanout --rate 0     | --rate must be between 1 and 10000000: 0",
                "load fanout --topics 9 --subscribers 8 | --topics must be at most --subscribers: 9",
                "load fanout --payload 5  | --payload 5 has a size that is not between 12 and 65536",
                "load fanout --url http://x | --url must be like ws://host:8080/ws: http://x",
                "load fanout --nodes 21   | --nodes must be between 1 and 20: 21",
                "load fanout --nodes 1 --url ws://x/ws | --nodes and --url exclude each other",
                "load fanout --metrics x  | --metrics must be like http://host:9090: x",
                "load fanout --json /none/x.json | --json: /none can't be written to",
                "load fanout --json /tmp  | --json: /tmp is a directory",
                "load fanout --processes 0 | --processes must be between 1 and 64: 0",
                "load fanout --workers 2 --processes 2 | --workers and --processes exclude each other",
                "load connect --clients 0 | --clients must be between 1 and 1000000: 0",
                "load connect --clients 900 --rate 10 --for 5s | --for 5s is too short for 900 clients at 10/s and a second more",
                "load connect --loops 65 | --loops must be between 1 and 64: 65",
                "load connect --warm-up 1s | --warm-up makes no sense here",
                "load churn --commanders 0 | --commanders must be between 1 and 100000: 0",
                "load storm --after 9s --for 5s | --after must be less than --for",
                "load worker              | Missing required option: '--join=HOST:PORT'",
                "load worker --join x     | --join must be like host:7070: x"
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
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "sub --help",
                "pub --help",
                "load --help",
                "load fanout --help",
                "load worker --help",
                "demo -h"
            })
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
