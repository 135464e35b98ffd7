package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The scripts that run in Redis, called by their hash. Those for topics have {@code topic.lua} before them. */
enum RedisScript {
    PUBLISH(ScriptOutputType.VALUE, "topic.lua", "publish.lua"),
    POSITION(ScriptOutputType.VALUE, "topic.lua", "position.lua"),
    READ(ScriptOutputType.MULTI, "topic.lua", "read.lua"),
    MEMBERS(ScriptOutputType.MULTI, "members.lua");

    private final ScriptOutputType output;
    private final String text;
    private final String hash;

    RedisScript(ScriptOutputType output, String... resources) {
        this.output = output;
        text = Arrays.stream(resources).map(RedisScript::read).collect(Collectors.joining());
        hash = Base16.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends every script to Redis, without waiting: what is sent after it on this connection finds them. */
    static CompletionStage<Void> load(RedisAsyncCommands<String, byte[]> commands) {
        return CompletableFuture.allOf(Arrays.stream(values())
                .map(script -> commands.scriptLoad(script.text).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * One round trip; two where Redis has forgotten the script (SCRIPT FLUSH, a failover). Such calls are sent again in
     * their order, but calls made meanwhile may overtake them. The stage's type is the script's to know: bytes, or a
     * list of them.
     */
    <T> CompletionStage<T> run(RedisAsyncCommands<String, byte[]> commands, String[] keys, byte[]... arguments) {
        return commands.<T>evalsha(hash, output, keys, arguments)
                .exceptionallyCompose(e -> isForgotten(e)
                        ? commands.eval(text, output, keys, arguments)
                        : CompletableFuture.failedStage(e));
    }

    private static boolean isForgotten(Throwable e) {
        return BackplaneException.unwrap(e) instanceof RedisNoScriptException;
    }

    private static String read(String resource) {
        try (InputStream in = RedisScript.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("not on the class path: " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
