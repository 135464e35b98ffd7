package io.fanwire.k8s.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the images, and that it is the same whenever they are made. */
class ImageIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PACKAGE = Pattern.compile("pkg:maven/[^/]+/([^@]+)@([^?]+)\\??(.*)");
    private static final Pattern CLASSIFIER = Pattern.compile("classifier=([^&]+)");

    @ParameterizedTest
    @CsvSource({"node,fanwire-node", "load,fanwire-loadtest"})
    void theListOfWhatIsInTheImageIsExact(String target, String name) throws Exception {
        String image = image(target);
        NodeImage.build(image, target);
        assertThat(listed(run(image, "cat", "/opt/fanwire/" + name + ".cdx.json")))
                .isEqualTo(found(run(image, "sh", "-c", "cd /opt/fanwire/lib && sha256sum *")));
    }

    @ParameterizedTest
    @CsvSource({"node,1", "load,0"})
    void theSameJarsGiveTheSameLayers(String target, int different) {
        String image = image(target);
        NodeImage.build(image, target);
        List<String> first = layers(image);
        NodeImage.build(image, target, "--no-cache");
        List<String> second = layers(image);
        assertThat(first).hasSameSizeAs(second).hasSizeGreaterThan(3);
        // The last of a node is its cache of loaded classes, which no JVM writes twice in the same way.
        int same = first.size() - different;
        assertThat(second.subList(0, same)).isEqualTo(first.subList(0, same));
    }

    @ParameterizedTest
    @CsvSource({"node", "load"})
    void itSaysWhatItIsAndIsNobodys(String target) {
        String image = image(target);
        NodeImage.build(image, target);
        assertThat(inspect(image, "{{.Config.User}}")).isEqualTo("10001:10001");
        assertThat(inspect(image, "{{json .Config.Labels}}"))
                .contains("\"org.opencontainers.image.title\":\"fanwire-" + target + "\"")
                .contains("\"org.opencontainers.image.licenses\":\"Apache-2.0\"");
        // Whoever runs in it could change nothing, if the root file system could be written to.
        assertThat(run(image, "find", "/opt/fanwire", "-writable")).isEmpty();
    }

    private static String image(String target) {
        NodeImage.requireDocker();
        return "fanwire-" + target + ":k8s-test";
    }

    private static Map<String, String> listed(String bom) throws Exception {
        Map<String, String> jars = new TreeMap<>();
        for (JsonNode component : JSON.readTree(bom).path("components"))
            jars.put(fileName(component.path("purl").asText()), sha256(component));
        return jars;
    }

    private static String fileName(String purl) {
        Matcher parts = PACKAGE.matcher(purl);
        assertThat(parts.matches()).as(purl).isTrue();
        Matcher classifier = CLASSIFIER.matcher(parts.group(3));
        return parts.group(1) + "-" + parts.group(2) + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar";
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes"))
            if (hash.path("alg").asText().equals("SHA-256"))
                return hash.path("content").asText();
        return "not told";
    }

    private static Map<String, String> found(String sums) {
        Map<String, String> jars = new TreeMap<>();
        sums.lines().map(line -> line.split("\\s+", 2)).forEach(words -> jars.put(words[1], words[0]));
        return jars;
    }

    private static List<String> layers(String image) {
        return inspect(image, "{{range .RootFS.Layers}}{{println .}}{{end}}")
                .lines()
                .toList();
    }

    private static String inspect(String image, String format) {
        return Docker.run("image", "inspect", "--format", format, image);
    }

    private static String run(String image, String command, String... arguments) {
        return Docker.run(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("run", "--rm", "--network", "none", "--entrypoint", command, image),
                        java.util.stream.Stream.of(arguments))
                .toList());
    }
}
