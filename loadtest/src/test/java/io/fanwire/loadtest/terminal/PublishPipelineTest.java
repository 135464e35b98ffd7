package io.fanwire.loadtest.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PublishPipelineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> published = Collections.synchronizedList(new ArrayList<>());

    @Test
    void manyLinesAreReportedInOrder() throws Exception {
        var pipeline = new PublishPipeline(line -> {
            published.add(line);
            return CompletableFuture.supplyAsync(() -> new Position(1, Long.parseLong(line)));
        });
        pipeline.feedLines(new StringReader(numbers(5_000)));
        assertThat(report(pipeline)).isTrue();
        assertThat(text(out).lines())
                .hasSize(5_000)
                .startsWith("t 1-1", "t 1-2")
                .endsWith("t 1-5000");
        assertThat(published).hasSize(5_000);
    }

    @Test
    void stopsAtTheFirstFailure() throws Exception {
        var pipeline = new PublishPipeline(line -> line.equals("2")
                ? CompletableFuture.failedFuture(new IOException("no node"))
                : CompletableFuture.completedFuture(new Position(1, 1)));
        pipeline.feedLines(new StringReader(numbers(3)));
        assertThat(report(pipeline)).isFalse();
        assertThat(text(out)).isEqualTo("t 1-1\n");
        assertThat(text(err)).isEqualTo("fanwire pub: message 2 failed: no node\n");
    }

    @Test
    void aRefusalByExceptionIsAFailure() throws Exception {
        var pipeline = new PublishPipeline(line -> {
            throw new IllegalStateException("closed");
        });
        pipeline.feedOne("hello");
        assertThat(report(pipeline)).isFalse();
        assertThat(text(err)).contains("message 1 failed: closed");
    }

    @Test
    void brokenInputIsAFailure() throws Exception {
        var pipeline = new PublishPipeline(line -> CompletableFuture.completedFuture(new Position(1, 1)));
        pipeline.feedLines(new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                throw new IOException("input is gone");
            }

            @Override
            public void close() {}
        });
        assertThat(report(pipeline)).isFalse();
        assertThat(text(err)).contains("input is gone");
    }

    private boolean report(PublishPipeline pipeline) throws InterruptedException {
        return pipeline.report(
                "t",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String numbers(int count) {
        var lines = new StringBuilder();
        for (int i = 1; i <= count; i++) lines.append(i).append('\n');
        return lines.toString();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
