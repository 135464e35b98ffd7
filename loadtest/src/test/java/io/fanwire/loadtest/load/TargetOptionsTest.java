package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.OneLineErrors;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TargetOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--url ws://h:99999/ws      | --url must be like ws://host:8080/ws: ws://h:99999/ws",
                "--url ws://h:0/ws          | --url must be like ws://host:8080/ws: ws://h:0/ws",
                "--metrics http://h:99999   | --metrics must be like http://host:9090: http://h:99999",
                "--metrics http://h:0       | --metrics must be like http://host:9090: http://h:0",
                "--from 192.0.2.1           | --from must be an address of this machine: 192.0.2.1",
                "--from 127.0.0.2,1.2.3.4.5 | --from: no such address: 1.2.3.4.5",
            })
    void nonsenseIsOneLine(String arguments, String message) {
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new LoadCommand())
                .setErr(new PrintWriter(err))
                .setParameterExceptionHandler(new OneLineErrors())
                .execute(("fanout --topics 1 --subscribers 1 " + arguments).split(" ", -1));
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains(message);
        assertThat(exitCode).isEqualTo(2);
    }
}
