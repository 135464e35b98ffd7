package io.fanwire.loadtest.chaos;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a YAML file. Not by Jackson's binding, whose complaints name Java's classes rather than the file's lines. */
final class YamlFile {
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Path file;
    private final JsonParser parser;

    private YamlFile(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** @throws PlanException if it can't be read, or is no YAML */
    static Value read(Path file) {
        if (!Files.isRegularFile(file)) throw new PlanException(file + ": there is no such file");
        try (JsonParser parser = YAML.createParser(file.toFile())) {
            return new YamlFile(file, parser).document();
        } catch (JsonProcessingException e) {
            throw noYaml(file, e);
        } catch (IOException e) {
            throw new PlanException(file + ": can't be read: " + e.getMessage(), e);
        }
    }

    private Value document() throws IOException {
        if (parser.nextToken() == null) throw new PlanException(file + ": is empty");
        Value root = value();
        if (parser.nextToken() != null) throw wrong("a second document begins here, one is a plan");
        return root;
    }

    private Value value() throws IOException {
        int line = line();
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Value.Mapping(line, entries());
            case START_ARRAY -> new Value.Sequence(line, items());
            default -> new Value.Text(line, parser.getText());
        };
    }

    private Map<String, Value> entries() throws IOException {
        Map<String, Value> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (entries.containsKey(name)) throw wrong("\"" + name + "\" comes twice");
            parser.nextToken();
            entries.put(name, value());
        }
        return entries;
    }

    private List<Value> items() throws IOException {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value());
        return items;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private PlanException wrong(String complaint) {
        return new PlanException(file + ":" + line() + ": " + complaint);
    }

    private static PlanException noYaml(Path file, JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            int line = marked.getProblemMark().getLine() + 1;
            return new PlanException(file + ":" + line + ": no YAML: " + marked.getProblem(), e);
        }
        String message = e.getOriginalMessage().strip().replaceAll("\\s*\\R\\s*", " ");
        return new PlanException(file + ": no YAML: " + message, e);
    }
}
