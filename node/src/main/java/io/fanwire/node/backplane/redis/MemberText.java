package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Member;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member as it stands in Redis: {@code name=value} lines. Names that are not known are passed over, so that nodes of
 * different versions understand each other.
 */
final class MemberText {
    private MemberText() {}

    static byte[] encode(Member member) {
        String text = "address=" + line(member.address())
                + "\nversion=" + line(member.version())
                + "\nstarted=" + member.startedAtMs()
                + "\nconnections=" + member.connections()
                + "\ndraining=" + member.draining()
                + "\naccepting=" + member.accepting();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Null if no node has written this. */
    static @Nullable Member parse(String nodeId, byte[] text) {
        Map<String, String> fields = fields(new String(text, StandardCharsets.UTF_8));
        boolean draining = Boolean.parseBoolean(fields.get("draining"));
        try {
            return new Member(
                    nodeId,
                    fields.getOrDefault("address", ""),
                    fields.getOrDefault("version", ""),
                    Long.parseLong(fields.getOrDefault("started", "")),
                    Integer.parseInt(fields.getOrDefault("connections", "")),
                    draining,
                    // Versions that do not say it take clients unless they drain.
                    Boolean.parseBoolean(fields.getOrDefault("accepting", String.valueOf(!draining))),
                    0);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) fields.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return fields;
    }

    private static String line(String value) {
        return value.replace('\n', ' ');
    }
}
