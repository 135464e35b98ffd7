package io.fanwire.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A Docker that answers. Every question to it is bounded in time. */
final class DockerEngine {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    // Enough to pull an image of some megabytes; without a registry at hand, pulling is retried for minutes.
    private static final Duration LAUNCH_TIMEOUT = Duration.ofSeconds(60);

    private final DockerAddress address;

    private DockerEngine(DockerAddress address) {
        this.address = address;
    }

    /** @throws HarnessException if no Docker answers within two seconds */
    static DockerEngine requireAnswer() {
        DockerAddress address = DockerAddress.ofThisMachine();
        if (!bounded("Docker's ping", ANSWER_TIMEOUT, address::answersPing).join()) {
            throw new HarnessException("Docker does not answer at " + address);
        }
        return new DockerEngine(address);
    }

    /** @throws HarnessException if the container does not start in time, or Testcontainers is not on the class path */
    RedisServer launchRedis() {
        var launch = bounded("A Redis in Docker (" + address + ")", LAUNCH_TIMEOUT, ContainerRedisServer::launch);
        return launch.join();
    }

    /** Runs it in a daemon thread; the future that comes back is completed, and good. */
    private static <T> CompletableFuture<T> bounded(String what, Duration timeout, Supplier<T> work) {
        var result = new CompletableFuture<T>();
        var worker = new Thread(() -> complete(result, work), "fanwire-harness-docker");
        worker.setDaemon(true);
        worker.start();
        try {
            result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return result;
        } catch (TimeoutException e) {
            throw new HarnessException(what + " took more than " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new HarnessException(what + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(what + " was interrupted", e);
        }
    }

    // Throwable: a class path without Testcontainers shows as NoClassDefFoundError. A launch that nobody waits for any
    // more ends with the JVM: Testcontainers removes its containers then.
    @SuppressWarnings("CatchingUnchecked")
    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
