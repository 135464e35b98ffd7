package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.node.backplane.StoredPublication;
import io.fanwire.protocol.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Redis server knows, and what the scripts make of it, as a model: without network, on one thread. It can lose
 * its newest writes, or everything, and then it is another incarnation. What it did is written down in a
 * {@link SimChronicle}, which forgets nothing.
 */
public final class SimRedis {
    private final int historySize;
    private final SimChronicle chronicle;
    private Map<String, Topic> topics = new HashMap<>();
    private Map<String, Topic> snapshot = new HashMap<>();
    private long runId = 1;
    private long lastEpoch = 1_000;

    public SimRedis(int historySize, SimChronicle chronicle) {
        this.historySize = historySize;
        this.chronicle = chronicle;
    }

    /** What publish.lua does, but for the message on the channel. */
    public Position publish(String name, byte[] body) {
        Topic topic = present(name);
        topic.offset++;
        Position position = new Position(topic.epoch, topic.offset);
        if (historySize > 0) {
            topic.stream.put(topic.offset, new StoredPublication(position, body));
            while (topic.stream.size() > historySize) topic.stream.pollFirstEntry();
        }
        chronicle.published(name, position, body);
        return position;
    }

    /** What position.lua does. */
    Lineage position(TopicReader.Known known) {
        String name = known.topic().name();
        Topic topic = present(name);
        Position seen = known.newest();
        boolean isBehind = seen != null
                && seen.epoch() == topic.epoch
                && (topic.offset < seen.offset() || known.trusted() < seen.offset());
        if (isBehind) fork(name, topic, Math.min(topic.offset, known.trusted()));
        return topic.lineage();
    }

    /** What read.lua does. */
    public HistoryPage read(String name, HistoryQuery query) {
        Topic topic = present(name);
        long next = topic.offset + 1;
        long beginning = topic.stream.isEmpty() ? next : topic.stream.firstKey();
        HistoryQuery.Start start = query.start();
        long from = start instanceof HistoryQuery.Start.Offset offset
                ? offset.first()
                : start instanceof HistoryQuery.Start.Last last ? Math.max(beginning, next - last.count()) : beginning;
        List<StoredPublication> page = new ArrayList<>();
        boolean more = false;
        for (StoredPublication each : topic.stream.tailMap(from).values()) {
            more = page.size() >= query.maxCount();
            if (more) break;
            if (topic.lineage().holds(each.position())) page.add(each);
        }
        return new HistoryPage(topic.lineage(), from, page, more);
    }

    /** Where a topic stands. */
    public Position newest(String name) {
        Topic topic = topics.get(name);
        return topic == null ? new Position(0, 0) : topic.lineage().newest();
    }

    /** As Redis writes to disk, or to a replica. */
    public void save() {
        snapshot = copy(topics);
    }

    /** Killed and started again, or replaced by its replica: what came after the last {@link #save()} is gone. */
    public void restartFromLastSave() {
        topics = copy(snapshot);
        runId++;
    }

    public void restartEmpty() {
        topics = new HashMap<>();
        snapshot = new HashMap<>();
        runId++;
    }

    /** Somebody deletes a stream by hand. */
    public void deleteHistory(String name) {
        Topic topic = topics.get(name);
        if (topic != null) topic.stream.clear();
    }

    private Topic present(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            topic = new Topic();
            topic.epoch = ++lastEpoch;
            topic.runId = runId;
            topics.put(name, topic);
            chronicle.started(name, topic.epoch);
        } else if (topic.runId != runId) {
            fork(name, topic, topic.offset);
        }
        return topic;
    }

    private void fork(String name, Topic topic, long upTo) {
        Position shared = new Position(topic.epoch, upTo);
        topic.forks.replaceAll(each -> new Position(each.epoch(), Math.min(each.offset(), upTo)));
        topic.forks.add(0, shared);
        if (topic.forks.size() > Lineage.MAX_FORKS) topic.forks.remove(Lineage.MAX_FORKS);
        topic.epoch = ++lastEpoch;
        topic.runId = runId;
        chronicle.forked(name, shared, topic.epoch);
    }

    private static Map<String, Topic> copy(Map<String, Topic> topics) {
        Map<String, Topic> copy = new HashMap<>();
        topics.forEach((name, topic) -> copy.put(name, topic.copy()));
        return copy;
    }

    private static final class Topic {
        private final List<Position> forks = new ArrayList<>();
        private final TreeMap<Long, StoredPublication> stream = new TreeMap<>();
        private long epoch;
        private long offset;
        private long runId;

        Lineage lineage() {
            return new Lineage(new Position(epoch, offset), forks);
        }

        Topic copy() {
            Topic copy = new Topic();
            copy.epoch = epoch;
            copy.offset = offset;
            copy.runId = runId;
            copy.forks.addAll(forks);
            copy.stream.putAll(stream);
            return copy;
        }
    }
}
