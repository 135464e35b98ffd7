package io.fanwire.loadtest.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables, one a line, as kustomize takes them for a ConfigMap. */
final class SettingsFile {
    private SettingsFile() {}

    /** @throws PlanException if it can't be read, or a line is none */
    static Map<String, String> read(Path file) {
        Map<String, String> settings = new TreeMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            int equals = line.indexOf('=');
            if (equals < 1) throw new PlanException(file + ":" + (i + 1) + ": should be like NAME=value: " + line);
            settings.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return settings;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new PlanException(file + ": can't be read: " + e.getMessage(), e);
        }
    }
}
