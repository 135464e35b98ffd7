package io.fanwire.k8s.container;

import static org.awaitility.Awaitility.await;

import io.fanwire.harness.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A container in a {@link PodNetwork}. Blocks for as long as Docker takes. */
final class Pod implements AutoCloseable {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    // Above what every probe of a pod is given.
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST_UNANSWERED = 3;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();

    private final String id;
    private String address;
    private int unanswered;

    private Pod(String id) {
        this.id = id;
        this.address = inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
    }

    /** Does not wait until it is ready. */
    static Pod run(String image, List<String> options, String... command) {
        List<String> all = new ArrayList<>(List.of("run", "--detach"));
        all.addAll(options);
        all.add(image);
        all.addAll(List.of(command));
        return new Pod(Docker.run(all));
    }

    String id() {
        return id;
    }

    /** For WebSocket clients. */
    URI url() {
        return URI.create("ws://" + address + ":8080/ws");
    }

    InetSocketAddress clientPort() {
        return new InetSocketAddress(address, 8080);
    }

    /** Answers of the admin port. */
    Answer get(String path) {
        HttpRequest request = HttpRequest.newBuilder(admin().resolve(path))
                .timeout(PROBE_TIMEOUT)
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body().strip());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** @param status 0 without an answer within what the probes of a pod are given */
    record Answer(int status, String body) {
        boolean isGood() {
            return status == 200;
        }
    }

    /**
     * Asks as the liveness probe does: a bad answer is one, and no answer in time is one the third time in a row.
     *
     * @throws AssertionError where Kubernetes would start the pod again
     */
    void assertAlive() {
        Answer answer = get("/livez");
        unanswered = answer.status() == 0 ? unanswered + 1 : 0;
        if (unanswered >= MOST_UNANSWERED || answer.status() != 0 && !answer.isGood())
            throw new AssertionError("/livez: " + answer);
    }

    Metrics metrics() {
        return Metrics.parse(get("/metrics").body());
    }

    Pod awaitReady() {
        await().atMost(START_TIMEOUT).until(() -> get("/readyz").isGood() || !isRunning());
        if (!isRunning()) throw new AssertionError("it has ended: " + logs());
        return this;
    }

    /** Of a Redis: until it answers. */
    Pod awaitRedis(String password) {
        List<String> ping = List.of("exec", "--env", "REDISCLI_AUTH=" + password, id, "redis-cli", "ping");
        await().atMost(START_TIMEOUT)
                .until(() -> Docker.run(PROBE_TIMEOUT, ping).output().contains("PONG"));
        return this;
    }

    /** Waits for its own end, which comes before it is ready. */
    int awaitExit() {
        return awaitExit(START_TIMEOUT);
    }

    /** Waits for its own end. Returns the exit code. */
    int awaitExit(Duration patience) {
        return Integer.parseInt(Docker.expect(patience, List.of("wait", id)));
    }

    /** SIGTERM, and SIGKILL after its grace period. Returns the exit code: 137 if it had to be killed. */
    int stop() {
        Docker.run("stop", id);
        return exitCode();
    }

    void signal(String name) {
        Docker.run("kill", "--signal", name, id);
    }

    void start() {
        Docker.run("start", id);
        address = inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
    }

    boolean isRunning() {
        return inspect("{{.State.Running}}").equals("true");
    }

    boolean isOomKilled() {
        return inspect("{{.State.OOMKilled}}").equals("true");
    }

    /** All that it has printed. */
    String logs() {
        return Docker.run("logs", id);
    }

    String exec(String... command) {
        List<String> all = new ArrayList<>(List.of("exec", id));
        all.addAll(List.of(command));
        return Docker.run(all);
    }

    @Override
    public void close() {
        Docker.run("rm", "--force", "--volumes", id);
    }

    private URI admin() {
        return URI.create("http://" + address + ":9090/");
    }

    private int exitCode() {
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    private String inspect(String format) {
        return Docker.run("inspect", "--format", format, id);
    }
}
