package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.Member;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The nodes that share a Redis, each with a lease there. Thread-safe. */
final class Members {
    private final CommandLink commands;
    private final RedisCalls calls;
    private final String key;

    Members(CommandLink commands, RedisCalls calls, RedisKeys keys) {
        this.commands = commands;
        this.calls = calls;
        this.key = keys.members();
    }

    CompletionStage<List<Member>> announce(Member self, Duration lease) {
        // Repeated, it might come after a newer one. The next report is the repetition.
        return calls.once(() -> commands.<List<Object>>run(
                        RedisScript.MEMBERS,
                        new String[] {key},
                        self.nodeId().getBytes(StandardCharsets.UTF_8),
                        Argument.number(lease.toMillis()),
                        MemberText.encode(self))
                .thenApply(reply -> parse(reply, lease)));
    }

    private static List<Member> parse(List<Object> reply, Duration lease) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i + 2 < reply.size(); i += 3) {
            String nodeId = new String((byte[]) reply.get(i), StandardCharsets.UTF_8);
            Member member = MemberText.parse(nodeId, (byte[]) reply.get(i + 1));
            long rest = (Long) reply.get(i + 2);
            if (member != null) members.add(member.silentFor(Math.max(0, lease.toMillis() - rest)));
        }
        return members;
    }
}
