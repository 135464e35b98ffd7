package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.BackplaneException.Kind;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.HistoryQuery.Start;
import io.fanwire.node.namespace.HistoryConfig;
import io.fanwire.node.namespace.Namespaces;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks Redis by scripts: positions on the connection for commands, histories on one of their own. Thread-safe. */
final class TopicScripts implements TopicReader {
    private static final Position NOTHING = new Position(0, 0);

    private final CommandLink commands;
    private final CommandLink reads;
    private final RedisCalls calls;
    private final RedisKeys keys;
    private final Namespaces namespaces;
    private final Duration topicTtl;

    TopicScripts(CommandLink commands, CommandLink reads, RedisCalls calls, RedisConfig config, Namespaces namespaces) {
        this.commands = commands;
        this.reads = reads;
        this.calls = calls;
        this.namespaces = namespaces;
        keys = new RedisKeys(config.keyPrefix());
        topicTtl = config.topicTtl();
    }

    @Override
    public CompletionStage<List<Standing>> compare(List<Known> topics) {
        return calls.repeatable(() -> compareOnce(topics));
    }

    private CompletionStage<List<Standing>> compareOnce(List<Known> topics) {
        List<CompletableFuture<Standing>> standings = new ArrayList<>(topics.size());
        for (Known topic : topics) standings.add(standing(topic).toCompletableFuture());
        return CompletableFuture.allOf(standings.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        all -> standings.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<Standing> standing(Known topic) {
        return position(topic)
                .thenApply(reply -> new Standing(ChannelMessage.parseLineage(reply), null))
                .exceptionallyCompose(TopicScripts::alone);
    }

    /** A key that somebody else uses must not keep the other topics of a batch from being read. */
    private static CompletionStage<Standing> alone(Throwable failure) {
        BackplaneException why = RedisFailure.translate(failure);
        if (why.kind() != Kind.FAILED) return CompletableFuture.failedStage(failure);
        return CompletableFuture.completedStage(new Standing(null, why));
    }

    private CompletionStage<byte[]> position(Known known) {
        Position newest = known.newest() == null ? NOTHING : known.newest();
        return commands.run(
                RedisScript.POSITION,
                topicKeys(known.topic()),
                Argument.newEpoch(),
                ttl(known.topic()),
                known.newest() == null ? Argument.NONE : Argument.number(newest.epoch()),
                Argument.number(newest.offset()),
                Argument.number(known.trusted()));
    }

    @Override
    public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
        return readFrom(topic, query, query.start());
    }

    /** A page that holds nothing but foreign entries is none: then the next one is read. */
    private CompletionStage<HistoryPage> readFrom(Topic topic, HistoryQuery query, Start start) {
        return calls.repeatable(() -> readOnce(topic, query, start)).thenCompose(reply -> {
            boolean goesOn = reply.isFruitless() && query.maxCount() > 0;
            if (!goesOn) return CompletableFuture.completedStage(reply.page());
            return readFrom(topic, query, new Start.Offset(reply.next()))
                    .thenApply(page ->
                            new HistoryPage(page.lineage(), reply.page().from(), page.publications(), page.hasMore()));
        });
    }

    private CompletionStage<HistoryReply> readOnce(Topic topic, HistoryQuery query, Start start) {
        HistoryConfig history = namespaces.of(topic).history();
        return reads.<List<Object>>run(
                        RedisScript.READ,
                        topicKeys(topic),
                        Argument.newEpoch(),
                        ttl(topic),
                        kind(start),
                        number(start),
                        Argument.number(query.maxCount()),
                        Argument.number(query.maxBytes()),
                        Argument.number(history.isKept() ? 1 : 0))
                .thenApply(HistoryReply::parse);
    }

    private String[] topicKeys(Topic topic) {
        return new String[] {keys.position(topic), keys.stream(topic)};
    }

    private byte[] ttl(Topic topic) {
        return Argument.number(
                RedisKeys.lifetime(topicTtl, namespaces.of(topic).history()).toMillis());
    }

    private static byte[] kind(Start start) {
        String kind = "beginning";
        if (start instanceof Start.Offset) kind = "offset";
        if (start instanceof Start.Time) kind = "time";
        if (start instanceof Start.Last) kind = "last";
        return kind.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(Start start) {
        if (start instanceof Start.Offset offset) return Argument.number(offset.first());
        if (start instanceof Start.Last last) return Argument.number(last.count());
        if (start instanceof Start.Time time) return Argument.number(millis(time.since()));
        return Argument.number(0);
    }

    /** Rounded up: Redis' times are whole milliseconds. What is beyond all numbers is beyond all publications. */
    private static long millis(Instant since) {
        try {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, since);
            return Math.min(-Math.floorDiv(-micros, 1_000), 1L << 52);
        } catch (ArithmeticException e) {
            return since.isBefore(Instant.EPOCH) ? 0 : 1L << 52;
        }
    }
}
