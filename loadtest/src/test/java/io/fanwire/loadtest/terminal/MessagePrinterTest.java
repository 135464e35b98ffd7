package io.fanwire.loadtest.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.client.FanwireException;
import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MessagePrinterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsTextAsItIsAndBinaryAsBase64() {
        MessagePrinter printer = printer(10);
        printer.onMessage(Message.ofText("news", new Position(1, 5), Instant.EPOCH, "grüß dich"));
        printer.onMessage(Message.ofBinary("news", new Position(1, 6), Instant.EPOCH, new byte[] {1, 2, 3}));
        assertThat(text(out)).isEqualTo("news 5 grüß dich\nnews 6 AQID\n");
    }

    @Test
    void endsAfterAsManyAsAskedFor() throws Exception {
        MessagePrinter printer = printer(2);
        for (int i = 1; i <= 3; i++) {
            printer.onMessage(Message.ofText("news", new Position(1, i), Instant.EPOCH, "x"));
        }
        assertThat(printer.awaitEnd()).isZero();
        assertThat(text(out).lines()).hasSize(2);
    }

    @Test
    void tellsGaps() {
        MessagePrinter printer = printer(1);
        printer.onGap(new GapInfo("news", 1, 5, 7, GapInfo.Reason.TOO_SLOW));
        printer.onGap(new GapInfo("news", 2, 1, 0, GapInfo.Reason.EPOCH_CHANGED));
        printer.onGap(new GapInfo("news", 3, 1, 9, GapInfo.Reason.EPOCH_CHANGED));
        assertThat(text(err).lines())
                .containsExactly(
                        "news gap: 3 missing, 5 to 7 (TOO_SLOW)",
                        "news gap: an unknown number of messages is missing (EPOCH_CHANGED)",
                        "news gap: an unknown number of messages is missing (EPOCH_CHANGED)");
    }

    @Test
    void saysOnceWhereToGoOn() {
        MessagePrinter printer = printer(2);
        printer.onMessage(Message.ofText("news", new Position(35, 5), Instant.EPOCH, "x"));
        printer.onGap(new GapInfo("gone", 36, 7, 9, GapInfo.Reason.HISTORY_EXCEEDED));
        printer.onMessage(Message.ofText("news", new Position(35, 6), Instant.EPOCH, "the last one printed"));
        printer.onMessage(Message.ofText("news", new Position(35, 7), Instant.EPOCH, "not printed"));
        printer.printWhereToGoOn();
        printer.printWhereToGoOn();
        assertThat(text(err).lines())
                .endsWith("gone goes on with --since 10-9", "news goes on with --since z-6")
                .hasSize(3);
    }

    @Test
    void aRefusedSubscriptionEndsIt() throws Exception {
        MessagePrinter printer = printer(1);
        printer.onError(new FanwireException(ErrorCode.ERROR_CODE_LIMIT_REACHED, "too many topics", false));
        assertThat(printer.awaitEnd()).isEqualTo(1);
        assertThat(text(err)).isEqualTo("fanwire sub: too many topics\n");
    }

    private MessagePrinter printer(long count) {
        return new MessagePrinter(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                count);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
