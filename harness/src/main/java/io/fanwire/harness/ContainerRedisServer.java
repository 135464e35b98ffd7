package io.fanwire.harness;

import com.github.dockerjava.api.DockerClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A Redis in a container. Its host port is fixed, as Docker gives a restarted container a new one otherwise. The only
 * user of Testcontainers: only loaded where a test wants it.
 */
final class ContainerRedisServer implements RedisServer {
    private static final String IMAGE = "redis:7-alpine";
    private static final int REDIS_PORT = 6379;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(10);

    private final int port = LoopbackPort.free();
    private final GenericContainer<?> container;

    private ContainerRedisServer() {
        container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withExposedPorts(REDIS_PORT)
                .withCommand("redis-server", "--save", "", "--appendonly", "no");
        container.setPortBindings(List.of(port + ":" + REDIS_PORT));
    }

    static RedisServer launch() {
        var server = new ContainerRedisServer();
        server.container.start();
        server.awaitAnswer();
        return server;
    }

    @Override
    public String uri() {
        return "redis://" + container.getHost() + ":" + port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String describe() {
        return "Testcontainers " + IMAGE;
    }

    @Override
    public boolean isRunning() {
        return Boolean.TRUE.equals(
                docker().inspectContainerCmd(id()).exec().getState().getRunning());
    }

    @Override
    public void kill() {
        if (isRunning()) docker().killContainerCmd(id()).exec();
        await(() -> !isRunning(), "is not dead after a kill");
    }

    @Override
    public void start() {
        if (isRunning()) throw new HarnessException("Redis runs already");
        docker().startContainerCmd(id()).exec();
        awaitAnswer();
    }

    @Override
    public void forget() {
        // It keeps nothing.
    }

    @Override
    public void pause() {
        docker().pauseContainerCmd(id()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(id()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private void awaitAnswer() {
        await(() -> RedisPing.isAnswered(container.getHost(), port), "does not answer on port " + port);
    }

    private void await(BooleanSupplier condition, String complaint) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) throw new HarnessException("Redis (" + describe() + ") " + complaint);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private String id() {
        return container.getContainerId();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }
}
