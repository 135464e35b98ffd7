package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyUsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--topics 0           | --topics must be between 1 and 1000000: 0",
                "--subscribers 0      | --subscribers must be between 1 and 1000000: 0",
                "--topics 11 --subscribers 10 | --topics must not be more than --subscribers, of whom each has one: 11 and 10",
                "--least 0            | --least must be between 1 and 100: 0",
                "--least 101          | --least must be between 1 and 100: 101",
                "--publishers 1001    | --publishers must be between 1 and 1000: 1001",
                "--rate 0             | --rate must be between 1 and 1000000: 0",
                "--payload 31         | --payload must be between 32 and 65536: 31",
                "--payload 65537      | --payload must be between 32 and 65536: 65537",
                "--settle 10          | \"10\" is none like 500ms, 15s, 2m or 1h",
                "--prefix no!         | a topic must not contain '!'",
                "--from 127.0.0.9     | --from can't be used here",
                "--slow               | Unknown option: '--slow'"
            })
    void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String complaint) {
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(("load verify " + arguments).split(" ", -1));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(complaint);
    }
}
