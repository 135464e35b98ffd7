package io.fanwire.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(30)
class WorkerCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void whatSendsItAwayIsNotAskedAgainAndAgain() throws Exception {
        try (ServerSocket door = new ServerSocket(0)) {
            Thread worker = new Thread(() -> work("127.0.0.1:" + door.getLocalPort()));
            worker.start();
            Socket refused = door.accept();
            long first = System.nanoTime();
            refused.close();
            door.accept().close();
            door.accept().close();
            assertThat(System.nanoTime() - first).isGreaterThan(1_900_000_000L);
            worker.interrupt();
            worker.join();
        }
        assertThat(err.toString()).contains("worker: the coordinator is lost: ");
    }

    private void work(String address) {
        new CommandLine(new WorkerCommand())
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((interrupted, command, parsed) -> 1)
                .execute("--join", address, "--forever");
    }
}
