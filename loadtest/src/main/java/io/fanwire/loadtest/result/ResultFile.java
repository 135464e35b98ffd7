package io.fanwire.loadtest.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that {@code --json} writes and {@code report} reads. */
public final class ResultFile {
    private ResultFile() {}

    public static void write(Path file, RunResult result) throws IOException {
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), result);
    }

    /** @throws IOException with a message for the user, if the file is not there, or is no result of this format */
    public static RunResult read(Path file) throws IOException {
        if (!Files.exists(file)) throw new IOException(file + " is not there");
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) throw new IOException(file + " can't be read");
        if (Files.size(file) == 0) throw new IOException(file + " is empty");
        try {
            return parse(file);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no result of a load run: " + reason(e), e);
        }
    }

    // Behind a semicolon or in brackets Jackson talks to programmers.
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst("(?s)(;| \\().*", "");
    }

    private static RunResult parse(Path file) throws IOException {
        JsonNode tree = Json.MAPPER
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(Files.readAllBytes(file));
        JsonNode format = tree.path("format");
        if (!format.isInt()) throw new IOException(file + " is no result of a load run: it has no format number");
        // Before anything else of it is looked at: that may be unlike what this version knows.
        if (format.intValue() != RunResult.FORMAT) {
            throw new IOException(file + " has format " + format + ", this version reads " + RunResult.FORMAT);
        }
        return Json.MAPPER.treeToValue(tree, RunResult.class);
    }
}
