package io.fanwire.client;

import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Publish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A client of a Fanwire cluster. Every method may be called from any thread, listeners included, and only
 * {@link #close()} ever waits.
 *
 * <p>Stages are completed on the client's loop: what is chained to them with {@code thenRun} and the like must not
 * block, and a listener must not wait for them.
 */
public final class FanwireClient implements AutoCloseable {
    /** How long {@link #close()} waits at most: a little longer than the connection gives the node. */
    private static final Duration CLOSE_WAIT = Connection.CLOSE_TIMEOUT.multipliedBy(2);

    private final ClientOptions options;
    private final ListenerCalls listener;
    private final Loop loop;
    private final Link link;
    private final Supplier<Backoff> backoffs;
    private final Publisher publisher;
    private final HistoryReader histories;
    private final Subscriptions subscriptions;
    private final Places places = new Places();
    private final PublishCommands commands = new PublishCommands();
    /** One for each publish that is handed to the loop and not done. */
    private final Semaphore permits;

    private FanwireClient(ClientOptions options, RandomGenerator random) {
        Executor threads = options.executor() == null ? SharedThreads.LOOPS : options.executor();
        this.backoffs = () -> new Backoff(options.minCommandBackoff(), options.maxBackoff(), random);
        this.options = options;
        this.listener = new ListenerCalls(options.listener());
        this.loop = new Loop(threads, listener::error);
        this.publisher = new Publisher(loop, options.publishTimeout(), backoffs);
        this.subscriptions = new Subscriptions(loop, backoffs, places);
        this.histories = new HistoryReader(loop, options.historyTimeout());
        List<Follower> followers = List.of(subscriptions, publisher, histories);
        this.link = new Link(options, loop, listener, followers, subscriptions::event, random);
        this.permits = new Semaphore(options.maxPendingPublishes());
    }

    /** Starts to connect and returns at once; see {@link #ready()}. Nothing has to wait for it. */
    public static FanwireClient connect(ClientOptions options) {
        FanwireClient client = new FanwireClient(options, new Random());
        client.loop.execute(client.link::start);
        return client;
    }

    /** Completes with the first successful connection. Fails with {@link ClientClosedException}. */
    public CompletionStage<Void> ready() {
        return link.ready().minimalCompletionStage();
    }

    /** Where the client is now; for display, since it may be something else a moment later. */
    public ClientState state() {
        return link.state();
    }

    /** Subscribes to a topic from now on; otherwise like {@link #subscribe(String, Start, TopicListener)}. */
    public Subscription subscribe(String topic, TopicListener listener) {
        return subscribe(topic, Start.now(), listener);
    }

    /**
     * Subscribes to a topic, now and after every reconnect, then behind what the listener got: what was published
     * meanwhile comes first, or is told as a gap. A client has one subscription per topic: a second one is
     * refused with {@code ERROR_CODE_ALREADY_SUBSCRIBED}.
     *
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     * @throws ClientClosedException if the client is closed
     */
    public Subscription subscribe(String topic, Start start, TopicListener listener) {
        String name = new Topic(topic).name();
        ClientClosedException closed = link.closedBecause();
        if (closed != null) throw closed;
        Subscription subscription = new Subscription(name, start, listener, this.listener, this::unsubscribe);
        places.add(subscription);
        loop.execute(() -> subscriptions.add(subscription));
        return subscription;
    }

    /**
     * How far each subscription has come, by topic: a copy of {@link Subscription#position()} of all. An application that
     * keeps it goes on with {@link Start#after} when it starts again, and misses nothing. Still there when the client is
     * closed, which is the best moment to take it; unsubscribed topics are left out.
     */
    public Map<String, Position> positions() {
        return places.positions();
    }

    /**
     * Reads from a topic's history without subscribing. Tried again over the next connection if this one breaks, and
     * after errors that may pass, until it is answered or {@link ClientOptions#historyTimeout()} is over.
     *
     * <p><b>Errors</b> of the stage: {@link ClientClosedException}, or a {@link FanwireException}: with the node's refusal,
     * such as {@code ERROR_CODE_NO_HISTORY}, or, retryable, because it took too long or too many queries wait.
     *
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     */
    public CompletionStage<HistoryPage> history(String topic, HistoryRequest request) {
        PendingHistory pending = new PendingHistory(request.wire(new Topic(topic).name()), backoffs.get());
        loop.execute(() -> histories.add(pending));
        return pending.result();
    }

    /**
     * Publishes a text, under an idempotency key of its own: it is sent again over the next connection if this one
     * breaks, and after errors that may pass, until it is acknowledged or {@link ClientOptions#publishTimeout()} is
     * over, and takes place at most once.
     *
     * <p><b>Order.</b> Publishes of one topic take place in the order of the calls. For that, only one per topic is
     * on its way at a time; topics don't wait for each other.
     *
     * <p><b>Errors</b> of the stage: {@link PublishTimeoutException}, {@link PendingLimitException},
     * {@link ClientClosedException}, or a {@link FanwireException} with the node's refusal.
     *
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     */
    public CompletionStage<Position> publish(String topic, String text) {
        return publish(commands.text(topic, text).setIdempotencyKey(commands.newKey()));
    }

    /** Publishes bytes; otherwise like {@link #publish(String, String)}. */
    public CompletionStage<Position> publish(String topic, byte[] payload) {
        return publish(commands.binary(topic, payload).setIdempotencyKey(commands.newKey()));
    }

    /**
     * Like {@link #publish(String, String)}, with the caller's own idempotency key.
     *
     * @param idempotencyKey 1 to 64 bytes of UTF-8; a second publish to the topic with the same key within two minutes,
     *     from whomever, publishes nothing and gets the first one's position
     */
    public CompletionStage<Position> publish(String topic, String text, String idempotencyKey) {
        return publish(commands.text(topic, text).setIdempotencyKey(PublishCommands.checkedKey(idempotencyKey)));
    }

    /** Publishes bytes; otherwise like {@link #publish(String, String, String)}. */
    public CompletionStage<Position> publish(String topic, byte[] payload, String idempotencyKey) {
        return publish(commands.binary(topic, payload).setIdempotencyKey(PublishCommands.checkedKey(idempotencyKey)));
    }

    /**
     * Publishes a text without acknowledgement, once, over the connection there is. It may be lost without a word; an
     * error that the node tells goes to {@link ClientListener#onError}. Nothing holds it back, so it may overtake an
     * earlier {@link #publish(String, String)}.
     *
     * @throws FanwireException if it is too large
     * @return false if it is dropped: there is no connection, or its node has said goodbye, or
     *     {@link ClientOptions#maxPendingPublishes()} wait
     * @throws io.fanwire.protocol.InvalidTopicException if the topic breaks the grammar
     */
    public boolean publishAndForget(String topic, String text) {
        return publishAndForget(commands.text(topic, text));
    }

    /** Publishes bytes; otherwise like {@link #publishAndForget(String, String)}. */
    public boolean publishAndForget(String topic, byte[] payload) {
        return publishAndForget(commands.binary(topic, payload));
    }

    /**
     * Closes the connection with 1000 and fails what is pending: wait for the stages of publishes first if they matter.
     * Waits up to a second for the node's answer, unless called by a listener. May be called again.
     */
    @Override
    public void close() {
        loop.execute(link::close);
        if (Loop.isInside()) return; // a loop that waits can't close
        try {
            link.gone().get(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            listener.error(e); // closed all the same; only the goodbye took too long
        }
    }

    private CompletionStage<Position> publish(Publish.Builder publish) {
        if (PublishCommands.isTooLarge(publish)) return CompletableFuture.failedStage(tooLarge());
        ClientClosedException closed = link.closedBecause();
        if (closed != null) return CompletableFuture.failedStage(closed);
        if (!permits.tryAcquire()) {
            return CompletableFuture.failedStage(new PendingLimitException(options.maxPendingPublishes()));
        }
        long deadline = System.nanoTime() + options.publishTimeout().toNanos();
        PendingPublish pending = new PendingPublish(publish.build(), deadline, permits::release);
        loop.execute(() -> publisher.add(pending));
        return pending.result();
    }

    private boolean publishAndForget(Publish.Builder publish) {
        if (PublishCommands.isTooLarge(publish)) throw tooLarge();
        if (!link.isCarriedOut() || !permits.tryAcquire()) return false;
        Command command = Command.newBuilder().setPublish(publish).build();
        loop.execute(() -> link.send(command, permits::release));
        return true;
    }

    private void unsubscribe(Subscription subscription) {
        places.remove(subscription);
        loop.execute(() -> subscriptions.remove(subscription));
    }

    private static FanwireException tooLarge() {
        return new FanwireException(
                ErrorCode.ERROR_CODE_PAYLOAD_TOO_LARGE,
                "a payload has at most " + Limits.MAX_PAYLOAD_BYTES + " bytes, in UTF-8 if it is text",
                false);
    }
}
