package io.fanwire.loadtest.chaos;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows its line. */
sealed interface Value {
    int line();

    record Text(int line, String text) implements Value {}

    record Mapping(int line, Map<String, Value> entries) implements Value {}

    record Sequence(int line, List<Value> items) implements Value {}
}
