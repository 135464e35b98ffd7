package io.fanwire.loadtest.chaos;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A container that compose has made.
 *
 * @param state for example {@code running} or {@code exited}
 */
record Container(String id, String name, String state) {
    private static final String LABEL = "com.docker.compose.";
    private static final String FORMAT = String.join(
            "\t", "{{.ID}}", "{{.Names}}", "{{.State}}", label("service"), label("container-number"), label("oneoff"));

    /** The nodes and Redis of a project. */
    static SortedMap<Part, Container> of(String project) {
        List<String> lines =
                Docker.run("ps", "-a", "--filter", "label=" + LABEL + "project=" + project, "--format", FORMAT);
        SortedMap<Part, Container> all = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            part(words).ifPresent(part -> all.put(part, new Container(words[0], words[1], words[2])));
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Empty for what is none, or was only run for one command. */
    private static Optional<Part> part(String[] words) {
        if (words[5].equals("True")) return Optional.empty();
        String service = words[3];
        return Part.of(service.equals(Part.REDIS.service()) ? service : service + " " + words[4]);
    }

    private static String label(String name) {
        return "{{.Label \"" + LABEL + name + "\"}}";
    }
}
