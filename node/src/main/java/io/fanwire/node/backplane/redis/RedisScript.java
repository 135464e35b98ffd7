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

/** The scripts that run in Redis, called by their hash. */
enum RedisScript {
    PUBLISH("publish.lua"),
    POSITION("position.lua");

    private final String text;
    private final String hash;

    RedisScript(String resource) {
        text = read(resource);
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
     * their order, but calls made meanwhile may overtake them.
     */
    CompletionStage<byte[]> run(RedisAsyncCommands<String, byte[]> commands, String[] keys, byte[]... arguments) {
        return commands.<byte[]>evalsha(hash, ScriptOutputType.VALUE, keys, arguments)
                .exceptionallyCompose(e -> isForgotten(e)
                        ? commands.eval(text, ScriptOutputType.VALUE, keys, arguments)
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
