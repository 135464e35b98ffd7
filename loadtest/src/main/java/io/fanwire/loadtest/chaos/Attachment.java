package io.fanwire.loadtest.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;

/**
 * A container's place in a network: what it has to get back for others to find it again.
 *
 * @param address empty if Docker chose it, and may choose another
 */
record Attachment(String network, List<String> aliases, String address) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Attachment {
        aliases = List.copyOf(aliases);
    }

    /** All that a container has. */
    static List<Attachment> of(String container) {
        String text =
                String.join("", Docker.run("inspect", "--format", "{{json .NetworkSettings.Networks}}", container));
        try {
            List<Attachment> all = new ArrayList<>();
            JSON.readTree(text).properties().forEach(each -> all.add(of(each.getKey(), each.getValue())));
            return all;
        } catch (JsonProcessingException e) {
            throw new ScenarioException("docker inspect " + container + ": " + e.getOriginalMessage(), e);
        }
    }

    void cut(String container) {
        Docker.run("network", "disconnect", network, container);
    }

    void restore(String container) {
        List<String> arguments = new ArrayList<>(List.of("network", "connect"));
        for (String alias : aliases) arguments.addAll(List.of("--alias", alias));
        if (!address.isEmpty()) arguments.addAll(List.of("--ip", address));
        arguments.addAll(List.of(network, container));
        Docker.run(arguments.toArray(String[]::new));
    }

    private static Attachment of(String network, JsonNode settings) {
        List<String> aliases = new ArrayList<>();
        settings.path("Aliases").forEach(alias -> aliases.add(alias.asText()));
        String address = settings.path("IPAMConfig").path("IPv4Address").asText("");
        return new Attachment(network, aliases, address);
    }
}
