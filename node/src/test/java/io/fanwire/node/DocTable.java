package io.fanwire.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A table of a page in docs, so that tests can hold it equal to the code. */
public final class DocTable {
    private static final Path DOCS = Path.of("..", "docs");

    private DocTable() {}

    /** The rows of the table whose header starts with these cells; cells without their back quotes. */
    public static List<List<String>> rows(String page, String... header) {
        return lines(page).stream()
                .dropWhile(line -> !startsWith(line, header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(DocTable::cells)
                .toList();
    }

    private static boolean startsWith(String line, String... header) {
        List<String> cells = cells(line);
        return cells.size() >= header.length && cells.subList(0, header.length).equals(List.of(header));
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|")) return List.of();
        return Arrays.stream(line.substring(1).split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }

    private static List<String> lines(String page) {
        try {
            return Files.readAllLines(DOCS.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
