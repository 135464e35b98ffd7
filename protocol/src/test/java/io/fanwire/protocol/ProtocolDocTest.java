package io.fanwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/protocol.md equal to the code: clients in other languages are written from it. */
class ProtocolDocTest {
    private static final String PAGE = read(Path.of("..", "docs", "protocol.md"));
    private static final Pattern EXAMPLE =
            Pattern.compile("```textproto\n# (\\w+)\n(.*?)```\n```hex\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void theCloseCodesAreThoseOfTheTable() {
        List<String> codes = Arrays.stream(CloseReason.values())
                .map(reason -> "| " + reason.code() + " | `" + reason + "` | " + yesOrNo(reason.mayReconnect()) + " | "
                        + reason.text() + " |")
                .toList();
        assertThat(rows("\\| \\d{4} \\|.*")).isEqualTo(codes);
    }

    @Test
    void theErrorsAreThoseOfTheProto() {
        List<String> errors = Stream.of(ErrorCode.values())
                .filter(code -> code != ErrorCode.UNRECOGNIZED)
                .map(code -> "| " + code.getNumber() + " | `" + code + "`")
                .toList();
        assertThat(rows("\\| \\d+ \\| `ERROR_CODE_\\w+`")).isEqualTo(errors);
    }

    @Test
    void theReasonsOfGapsAreThoseOfTheProto() {
        List<String> reasons = Stream.of(Gap.Reason.values())
                .filter(reason -> reason != Gap.Reason.UNRECOGNIZED)
                .map(reason -> "| " + reason.getNumber() + " | `" + reason + "`")
                .toList();
        assertThat(rows("\\| \\d+ \\| `REASON_\\w+`")).isEqualTo(reasons);
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        List<String> limits = Stream.of(Limits.class.getFields())
                .filter(field -> field.getType() != String.class)
                .map(field -> "| `" + field.getName() + "` | " + valueOf(field) + " |")
                .toList();
        assertThat(rows("\\| `(MAX|DEFAULT)_\\w+` \\| \\d+ \\|")).containsExactlyInAnyOrderElementsOf(limits);
    }

    @Test
    void theExamplesAreWhatTheEncoderWrites() throws ParseException {
        List<MatchResult> examples = EXAMPLE.matcher(PAGE).results().toList();
        assertThat(examples).hasSize(15);
        for (MatchResult example : examples) {
            assertThat(encoded(example.group(1), example.group(2))).isEqualTo(example.group(3));
        }
    }

    private static String encoded(String type, String text) throws ParseException {
        Message.Builder frame = type.equals("ClientFrame") ? ClientFrame.newBuilder() : ServerFrame.newBuilder();
        TextFormat.merge(text, frame);
        return HexFormat.ofDelimiter(" ").formatHex(frame.build().toByteArray());
    }

    private static List<String> rows(String pattern) {
        return Pattern.compile("^" + pattern, Pattern.MULTILINE)
                .matcher(PAGE)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static long valueOf(Field field) {
        try {
            return field.getLong(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
