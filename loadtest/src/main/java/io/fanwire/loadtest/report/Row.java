package io.fanwire.loadtest.report;

import java.util.List;
import java.util.Map;

/** A line of a table with two columns. */
record Row(String name, String value) {
    static List<Row> of(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> new Row(each.getKey(), each.getValue()))
                .toList();
    }

    static List<Row> ofCounts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> new Row(each.getKey(), Numbers.count(each.getValue())))
                .toList();
    }
}
