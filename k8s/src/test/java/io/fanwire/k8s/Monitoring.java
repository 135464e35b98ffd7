package io.fanwire.k8s;

import static io.fanwire.k8s.Json.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What prod is watched with: its alerts and its dashboard. */
final class Monitoring {
    private Monitoring() {}

    static JsonNode spec() {
        return Cluster.prod().get("PrometheusRule", Cluster.NODE).path("spec");
    }

    static List<JsonNode> alerts() {
        return list(spec().path("groups")).stream()
                .flatMap(group -> list(group.path("rules")).stream())
                .toList();
    }

    /** Without the rows, which are only titles. */
    static List<JsonNode> panels() {
        try {
            return list(new ObjectMapper().readTree(dashboard()).path("panels")).stream()
                    .filter(panel -> !panel.path("type").asText().equals("row"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> expressions() {
        return panels().stream()
                .flatMap(panel -> list(panel.path("targets")).stream())
                .map(target -> target.path("expr").asText())
                .toList();
    }

    static String dashboard() {
        return Cluster.prod()
                .get("ConfigMap", "fanwire-dashboard")
                .at("/data/fanwire.json")
                .asText();
    }
}
