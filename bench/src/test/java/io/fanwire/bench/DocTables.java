package io.fanwire.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Tables of docs/capacity.md, so that tests can hold them equal to what the commands print. */
public final class DocTables {
    private static final Path PAGE = Path.of("..", "docs", "capacity.md");

    private DocTables() {}

    /** The rows of all tables with this header, cells stripped of blanks and back quotes. */
    public static List<List<String>> rows(List<String> header) throws IOException {
        List<List<String>> tables = table(Files.readString(PAGE));
        int from = tables.indexOf(header);
        if (from < 0) throw new IllegalStateException("no table with the header " + header);
        return tables.subList(from + 1, tables.size()).stream()
                .takeWhile(row -> !row.isEmpty())
                .toList();
    }

    /** Header and rows of what is text, without the line between; an empty row where there is no table. */
    public static List<List<String>> table(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("| --") && !line.startsWith("|--"))
                .map(DocTables::cells)
                .toList();
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|")) return List.of();
        String inner = line.strip().substring(1, line.strip().length() - 1);
        return Arrays.stream(inner.split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }
}
