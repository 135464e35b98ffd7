package io.fanwire.loadtest.verify;

import io.fanwire.client.FanwireClient;
import io.fanwire.client.Subscription;
import io.fanwire.loadtest.ledger.LedgerPart;
import io.fanwire.loadtest.ledger.SubscriberPart;
import io.fanwire.loadtest.ledger.TopicPart;
import io.fanwire.loadtest.measure.Latencies;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.CatchUps;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Publishers and subscribers whose every message is written down. Each topic has subscribers and publishers in all
 * processes; the ledger of all parts together has the account.
 */
public final class VerifyScenario implements Scenario {
    /** Names of counts: of the clients, and of those who were connected at the worst moment. */
    public static final String CLIENTS = "clients";

    public static final String FEWEST = "fewest clients connected";

    /** Names of latencies: of outages until all were back, and of what came to those who never lost a connection. */
    public static final String BACK = "all connected again";

    public static final String UNDISTURBED = "delivery to the undisturbed";

    /** The 99th percentile of each second of it. */
    public static final String UNDISTURBED_SECONDS = "p99 of it by second";

    /** What names of counts of failed publishes begin with. */
    public static final String PUBLISH_FAILED = "publish failed: ";

    private static final int P99 = 99;
    private static final long POLL_NANOS = 5_000_000;
    private static final Duration LAST_ANSWERS = VerifyClients.PUBLISH_TIMEOUT.plusSeconds(2);

    private final VerifyPlan plan;
    private final Share share;
    private final Tally tally = new Tally();
    private final Connections connections = new Connections();
    private final VerifyClients clients;
    private final List<TopicBook> topics;
    private final List<SubscriberBook> books = new ArrayList<>();
    private final CatchUpWatch catchUps = new CatchUpWatch(books);
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Histogram publishLatency = Latencies.none();
    private final Histogram undisturbed = Latencies.none();
    private final Histogram undisturbedSeconds = Latencies.none();
    private @Nullable Publishers publishers;
    private Taken taken = new Taken(0, 0, 0);

    /** @param publishTo where publishers connect; empty: where subscribers do */
    public VerifyScenario(VerifyPlan plan, Targets targets, List<URI> publishTo, Share share) {
        this.plan = plan;
        this.share = share;
        this.clients = new VerifyClients(targets.urls(), publishTo, connections);
        this.topics = IntStream.range(0, plan.topics())
                .mapToObj(i -> new TopicBook(i, plan.topic(i)))
                .toList();
    }

    @Override
    public void prepare() throws InterruptedException {
        if (share.of(plan.publishers()) > 0) publishers = publishers(share.of(plan.publishers()));
        for (int i = share.from(plan.subscribers()); i < share.to(plan.subscribers()); i++) subscribe(i);
        clients.awaitReady();
    }

    @Override
    public void start() {
        connections.attendance().begin();
        if (publishers != null) publishers.start();
    }

    @Override
    public Second take(int at) {
        Taken before = taken;
        taken = new Taken(connections.opened(), connections.failed(), connections.ended());
        publishLatency.add(tally.takePublishLatency());
        takeUndisturbed();
        return new Second(
                at,
                connections.open(),
                taken.opened - before.opened,
                taken.failed - before.failed,
                taken.ended - before.ended,
                tally.takePublished(),
                tally.takeDelivered(),
                tally.takeMissed(),
                tally.takeLatency());
    }

    private void takeUndisturbed() {
        Histogram second = tally.takeUndisturbed();
        undisturbed.add(second);
        if (second.getTotalCount() > 0) undisturbedSeconds.recordValue(second.getValueAtPercentile(P99));
    }

    /** Waits for the acknowledgements that are due, then until every subscriber has what was acknowledged. */
    @Override
    public void stop() throws InterruptedException {
        if (publishers != null) stop(publishers);
        BitSet marks = marksOfOthers();
        // Others may still wait for their last acknowledgements.
        Duration patience = marks.isEmpty() ? plan.settle() : plan.settle().plus(LAST_ANSWERS);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!areCaughtUp(marks) && System.nanoTime() - deadline < 0) LockSupport.parkNanos(POLL_NANOS);
    }

    @Override
    public SortedMap<String, Histogram> latencies() {
        SortedMap<String, Histogram> latencies = new TreeMap<>();
        latencies.put("publish", publishLatency.copy());
        latencies.put(BACK, connections.attendance().outages());
        latencies.put(UNDISTURBED, undisturbed.copy());
        latencies.put(UNDISTURBED_SECONDS, undisturbedSeconds.copy());
        return latencies;
    }

    @Override
    public SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        tally.failedPublishes().forEach((cause, count) -> counts.put(PUBLISH_FAILED + cause, count));
        counts.put(CLIENTS, (long) connections.attendance().all());
        counts.put(FEWEST, (long) connections.attendance().fewest());
        return counts;
    }

    @Override
    public SortedMap<String, Long> failures() {
        return connections.causes();
    }

    @Override
    public LedgerPart ledger() {
        SortedMap<String, TopicPart> topicParts = new TreeMap<>();
        topics.forEach(topic -> topicParts.put(topic.name(), topic.part()));
        List<SubscriberPart> subscriberParts = IntStream.range(0, books.size())
                .mapToObj(i -> books.get(i).part(subscriptions.get(i).duplicates()))
                .toList();
        return new LedgerPart(topicParts, subscriberParts);
    }

    /** Always the same ones in the same order, so that two looks at them can be compared. */
    @Override
    public List<Thread> threads() {
        if (threads.isEmpty()) {
            threads.addAll(clients.threads());
            if (publishers != null) threads.add(publishers.thread());
        }
        return threads;
    }

    @Override
    public CatchUps catchUps() {
        return catchUps;
    }

    @Override
    public void close() {
        catchUps.close();
        clients.close();
    }

    private Publishers publishers(int count) throws InterruptedException {
        int inFlight = Publishers.inFlight(count, plan.topics());
        List<FanwireClient> all = new ArrayList<>();
        for (int i = 0; i < count; i++) all.add(clients.publisher(inFlight));
        double rate = (double) plan.rate() * count / plan.publishers();
        return new Publishers(all, share.from(plan.publishers()), topics, plan.payloadBytes(), rate, tally);
    }

    private void subscribe(int number) throws InterruptedException {
        TopicBook topic = topics.get(number % plan.topics());
        SubscriberBook book = new SubscriberBook(number, topic, plan.publishers(), tally);
        books.add(book);
        subscriptions.add(clients.subscriber(book, topic.name()));
    }

    private void stop(Publishers running) throws InterruptedException {
        running.stop();
        running.awaitAcknowledgements(LAST_ANSWERS.toMillis());
        if (share.count() > 1) {
            // Other processes' subscribers can't know otherwise that nothing more is to come.
            running.mark(share.index());
            running.awaitAcknowledgements(LAST_ANSWERS.toMillis());
        }
    }

    /** The other processes that have a publisher. */
    private BitSet marksOfOthers() {
        BitSet marks = new BitSet();
        IntStream.range(0, share.count())
                .filter(i -> i != share.index() && new Share(i, share.count()).of(plan.publishers()) > 0)
                .forEach(marks::set);
        return marks;
    }

    private boolean areCaughtUp(BitSet marks) {
        return books.stream().allMatch(book -> book.isCaughtUp(marks));
    }

    /** What the connections' counts were when they were last looked at. */
    private record Taken(long opened, long failed, long ended) {}
}
