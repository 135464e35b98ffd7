package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Counter;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection for commands, which Lettuce keeps up. On each new connection the scripts are sent first, and Redis is
 * asked which it is; until then, and while there is none, calls fail at once. Thread-safe; stages complete on Lettuce's
 * thread.
 */
final class CommandLink implements RedisConnectionStateListener {
    private static final String RUN_ID = "run_id:";
    private static final String VERSION = "redis_version:";
    private static final Pattern MAJOR_AND_MINOR = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    private final StatefulRedisConnection<String, byte[]> connection;
    private final Counter reconnects;
    private final CompletableFuture<Void> first = new CompletableFuture<>();

    /** Of the Redis at the other end of the present connection, empty if it does not say; null: not ready. */
    private volatile byte @Nullable [] runId;

    private volatile int connections;
    private volatile boolean closed;

    /** The connection that was told to end, if any. */
    private int left = -1;

    /** @param reconnects counts its connections after the first */
    CommandLink(StatefulRedisConnection<String, byte[]> connection, Counter reconnects) {
        this.connection = connection;
        this.reconnects = reconnects;
        connection.addListener(this);
        greet();
    }

    /** Completes when it is ready for the first time; not, if the connection is lost before. */
    CompletionStage<Void> opened() {
        return first;
    }

    boolean isReady() {
        return runId != null;
    }

    /** Whether Redis tells which incarnation it is; false while not connected. */
    boolean knowsRedis() {
        byte[] server = runId;
        return server != null && server.length > 0;
    }

    /** Counts connections: as long as it stays the same, it is the same one. */
    int connections() {
        return connections;
    }

    /** @param arguments the script's own: what all have in common, but the run id, included */
    <T> CompletionStage<T> run(RedisScript script, String[] keys, byte[]... arguments) {
        byte[] server = runId;
        if (server == null) return CompletableFuture.failedStage(RedisFailure.notConnected());
        byte[][] all = new byte[arguments.length + 1][];
        all[0] = server;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int asked = connections;
        return script.<T>run(connection.async(), keys, all).whenComplete((result, failure) -> {
            if (failure != null && RedisFailure.isReadOnly(failure)) leave(asked);
        });
    }

    /** This Redis is somebody's replica now; at its address there may be another, to which only a new connection leads. */
    private synchronized void leave(int readOnly) {
        if (readOnly != connections || left == readOnly) return;
        left = readOnly;
        connection.async().quit();
    }

    CompletionStage<String> ping() {
        return ifReady(() -> connection.async().ping());
    }

    /** Past all scripts: for what is no publication. */
    CompletionStage<Long> publish(String channel, byte[] message) {
        return ifReady(() -> connection.async().publish(channel, message));
    }

    /**
     * Waits until a replica has all that was written on this connection; what is sent meanwhile waits behind it.
     *
     * @return how many replicas have it by then
     */
    CompletionStage<Long> awaitReplica(Duration timeout) {
        return ifReady(() -> connection.async().waitForReplication(1, timeout.toMillis()));
    }

    /** No calls any more; the connection ends with {@link RedisClients}. */
    void close() {
        closed = true;
        runId = null;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> source, SocketAddress address) {
        reconnects.increment();
        greet();
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // only Lettuce's thread
    public void onRedisDisconnected(RedisChannelHandler<?, ?> source) {
        runId = null;
        connections++;
    }

    private <T> CompletionStage<T> ifReady(Supplier<CompletionStage<T>> call) {
        return isReady() ? call.get() : CompletableFuture.failedStage(RedisFailure.notConnected());
    }

    /** Whatever becomes of the scripts: a call that misses them brings its own. */
    private void greet() {
        RedisScript.load(connection.async());
        connection.async().info("server").whenComplete(this::greeted);
    }

    private synchronized void greeted(@Nullable String info, @Nullable Throwable failure) {
        boolean answered = info != null || failure instanceof RedisCommandExecutionException;
        if (closed || !answered || !connection.isOpen()) return;
        String server = info == null ? "" : info;
        if (isTooOld(value(server, VERSION))) {
            first.completeExceptionally(new BackplaneException(
                    Kind.FAILED, "Redis 6.2 or newer is needed, this one is " + value(server, VERSION)));
        }
        runId = value(server, RUN_ID).getBytes(StandardCharsets.US_ASCII);
        first.complete(null);
    }

    /** The scripts use what 6.2 brought; of one that does not say its version the best is hoped. */
    static boolean isTooOld(String version) {
        Matcher matcher = MAJOR_AND_MINOR.matcher(version);
        if (!matcher.lookingAt()) return false;
        int major = Integer.parseInt(matcher.group(1));
        return major < 6 || major == 6 && Integer.parseInt(matcher.group(2)) < 2;
    }

    private static String value(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("");
    }
}
