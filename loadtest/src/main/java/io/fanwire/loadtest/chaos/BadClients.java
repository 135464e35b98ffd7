package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.wire.ClientLoop;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.protocol.Limits;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Subscribers that behave badly, on a loop of their own. For one thread at a time. */
final class BadClients implements AutoCloseable {
    /** What became of them. */
    record Fate(List<String> remarks, List<String> complaints) {}

    // A frame must not have more commands than a node takes; and so many topics make anybody slow.
    private static final int MOST_TOPICS = 100;
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    // A thousand a second: what is bad about them is not that they come.
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<URI> urls;
    private final List<String> topics;
    private final ClientLoop loop = new ClientLoop("fanwire-bad-clients");
    private final List<CrowdBook> crowds = new ArrayList<>();

    /** @param topics what they subscribe to; the first hundred, if there are more */
    BadClients(List<URI> urls, List<String> topics) {
        this.urls = List.copyOf(urls);
        this.topics = topics.stream().limit(MOST_TOPICS).toList();
    }

    /**
     * Lets them come, spread over the URLs; does not wait until they are in.
     *
     * @throws ScenarioException if there is no such host
     */
    void join(Step step, Deed.Crowd crowd) {
        List<BadClient> clients = IntStream.range(0, crowd.count())
                .mapToObj(i -> crowd.client(topics))
                .toList();
        for (int i = 0; i < clients.size(); i++) connect(urls.get(i % urls.size()), clients.get(i), i * PACE_NANOS);
        crowds.add(new CrowdBook(step, clients));
    }

    /** Lets them read all that there is for them, which tells who was closed and why. Takes a few seconds. */
    Fate end() throws InterruptedException {
        List<CrowdBook> all = List.copyOf(crowds);
        if (all.isEmpty()) return new Fate(List.of(), List.of());
        CompletableFuture<Fate> fate = new CompletableFuture<>();
        long deadline = System.nanoTime() + LAST_WORDS.toNanos();
        loop.execute(() -> all.forEach(CrowdBook::behave));
        loop.execute(() -> await(all, deadline, fate));
        try {
            return fate.get(LAST_WORDS.toSeconds() * 2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ScenarioException("nothing is known of the clients that behaved badly: " + loop.defect(), e);
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private void connect(URI url, BadClient client, long waitNanos) {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        InetSocketAddress address = new InetSocketAddress(url.getHost(), port);
        if (address.isUnresolved()) throw new ScenarioException("there is no host " + url.getHost());
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        Handshake handshake = new Handshake(url.getHost() + ":" + port, path, Limits.SUBPROTOCOL_PROTOBUF);
        Runnable connect = () -> loop.connect(address, handshake, client.receiveBytes(), client);
        loop.execute(() -> loop.at(System.nanoTime() + waitNanos, () -> client.come(connect)));
    }

    private void await(List<CrowdBook> all, long deadline, CompletableFuture<Fate> fate) {
        if (all.stream().allMatch(CrowdBook::isGone) || System.nanoTime() - deadline > 0) {
            fate.complete(new Fate(
                    all.stream().flatMap(each -> each.remarks().stream()).toList(),
                    all.stream().flatMap(CrowdBook::complaints).toList()));
        } else {
            loop.at(System.nanoTime() + LOOK_NANOS, () -> await(all, deadline, fate));
        }
    }
}
