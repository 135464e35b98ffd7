package io.fanwire.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OneLineErrorsTest {
    private final StringWriter err = new StringWriter();

    @Test
    void theExitCodeSaysWhoseFaultItWas() {
        assertThat(exitCode(new ScenarioException("no node"))).isEqualTo(1);
        assertThat(exitCode(new ScenarioException(Fault.SYSTEM, "no node"))).isEqualTo(1);
        assertThat(exitCode(new ScenarioException(Fault.TOOL, "no worker"))).isEqualTo(3);
        assertThat(exitCode(new IllegalStateException("what\n  ever"))).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("x: no node", "x: no node", "x: no worker", "x: what | ever");
    }

    private int exitCode(RuntimeException failure) {
        return new CommandLine(new Fails(failure))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(new OneLineErrors())
                .execute();
    }

    @Command(name = "x")
    private record Fails(RuntimeException failure) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw failure;
        }
    }
}
