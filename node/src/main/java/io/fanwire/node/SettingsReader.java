package io.fanwire.node;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: defaults, over them the YAML file named by {@code FANWIRE_CONFIG}, over that the environment.
 * Refuses keys that mean nothing, in either: a typo must not be a default in silence.
 */
final class SettingsReader {
    private static final String PREFIX = "fanwire.";
    private static final String FILE_VARIABLE = "FANWIRE_CONFIG";
    private static final ConfigClass MAPPING = ConfigClass.configClass(NodeSettings.class);
    private static final Map<String, String> PROPERTIES = propertiesByVariable();

    // Read by the launcher and by Main rather than by the node.
    private static final Set<String> OTHER_VARIABLES =
            Set.of(FILE_VARIABLE, "FANWIRE_JAVA_OPTS", "FANWIRE_EXIT_ON_STDIN_CLOSE", "FANWIRE_TEST_REDIS");

    private static final Pattern CONVERSION =
            Pattern.compile("^(?:[\\w.]+Exception: )?The config property fanwire\\.(\\S+)"
                    + " with the config value \"(.*)\" threw an Exception whilst being converted (.*)$");

    // Of a list.
    private static final Pattern ELEMENT = Pattern.compile("\\[\\d+]$");

    // The name may contain what a topic's may, so also dots; SmallRye wants those in quotes.
    private static final Pattern NAMESPACE_KEY = Pattern.compile("^namespaces\\.(.+)\\.([^.]+)$");

    private static final int FILE_ORDINAL = 200;
    private static final int ENVIRONMENT_ORDINAL = 300;

    private SettingsReader() {}

    /** @throws InvalidConfigException with one line that says what to mend */
    static NodeSettings read(Map<String, String> environment) {
        try {
            return new SmallRyeConfigBuilder()
                    .withConverter(Duration.class, ENVIRONMENT_ORDINAL, new DurationConverter())
                    .withSources(file(environment.get(FILE_VARIABLE)), environment(environment))
                    .withMapping(MAPPING)
                    .build()
                    .getConfigMapping(NodeSettings.class);
        } catch (ConfigValidationException e) {
            throw new InvalidConfigException(firstProblem(e));
        }
    }

    private static PropertiesConfigSource file(@Nullable String path) {
        Map<String, String> prefixed = new HashMap<>();
        Map<String, String> written = path == null || path.isBlank() ? Map.of() : readYaml(path);
        new TreeMap<>(written).forEach((key, value) -> {
            // A list's elements; the list as a whole, with commas, is there as well.
            if (ELEMENT.matcher(key).find() && isKey(ELEMENT.matcher(key).replaceFirst(""))) return;
            if (!isKey(key)) throw unknown(key + " in " + path, keys());
            prefixed.put(PREFIX + key, notBlank(key, value));
        });
        return new PropertiesConfigSource(prefixed, String.valueOf(path), FILE_ORDINAL);
    }

    private static Map<String, String> readYaml(String path) {
        try {
            return new YamlConfigSource(path, Files.readString(Path.of(path))).getProperties();
        } catch (IOException e) {
            throw new InvalidConfigException(FILE_VARIABLE + " names a file that can't be read: " + path);
        } catch (RuntimeException e) {
            throw new InvalidConfigException(path + " is not YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
    }

    private static PropertiesConfigSource environment(Map<String, String> environment) {
        Map<String, String> known = new HashMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith("FANWIRE_") || OTHER_VARIABLES.contains(variable)) return;
            String property = property(variable);
            if (property == null) throw unknown(variable, PROPERTIES.keySet().stream());
            known.put(property, notBlank(variable, value));
        });
        return new PropertiesConfigSource(known, "environment", ENVIRONMENT_ORDINAL);
    }

    // Without the value, which may be a secret under a misspelt name.
    private static InvalidConfigException unknown(String setting, Stream<String> allowed) {
        return new InvalidConfigException("unknown setting " + setting + "; allowed are "
                + allowed.sorted().collect(Collectors.joining(", ")));
    }

    private static Stream<String> keys() {
        return PROPERTIES.values().stream().map(property -> property.substring(PREFIX.length()));
    }

    private static Map<String, String> propertiesByVariable() {
        Map<String, String> properties = new HashMap<>();
        for (String property : ConfigMappings.getProperties(MAPPING).keySet()) {
            if (property.endsWith("[*]")) continue;
            properties.put(property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), property);
        }
        return properties;
    }

    /** Whether the file may have it; under {@code namespaces} any name may stand. */
    private static boolean isKey(String key) {
        String general = NAMESPACE_KEY.matcher(key).replaceFirst("namespaces.*.$2");
        return PROPERTIES.containsValue(PREFIX + general);
    }

    /** What a variable sets; a namespace's name can only be written in lower case, and not all of them can. */
    private static @Nullable String property(String variable) {
        for (Map.Entry<String, String> setting : PROPERTIES.entrySet()) {
            String[] around = setting.getKey().split("\\*", -1);
            if (around.length == 1 && variable.equals(around[0])) return setting.getValue();
            boolean fits = around.length == 2
                    && variable.length() > around[0].length() + around[1].length()
                    && variable.startsWith(around[0])
                    && variable.endsWith(around[1]);
            if (fits) {
                String name = variable.substring(around[0].length(), variable.length() - around[1].length());
                return setting.getValue().replace("*", name.toLowerCase(Locale.ROOT));
            }
        }
        return null;
    }

    private static String notBlank(String key, String value) {
        if (value.isBlank()) throw new InvalidConfigException(key + " is empty; give it a value or leave it out");
        return value;
    }

    private static String firstProblem(ConfigValidationException e) {
        Matcher matcher = CONVERSION.matcher(oneLine(e.getProblem(0).getMessage()));
        return matcher.replaceFirst("$1=$2: $3");
    }

    // Without SmallRye's message numbers.
    private static String oneLine(String message) {
        return message.replaceAll("SRCFG\\d+: ", "")
                .replaceAll("Cannot convert \\S+ to enum class \\S+ allowed", "allowed")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
