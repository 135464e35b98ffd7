package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.wire.Commands;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Reply;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client that publishes: what is due, as soon as it can, and each with the time at which it was due. It does not wait
 * for answers, unless {@value #IN_FLIGHT} are outstanding. All state is owned by the loop.
 */
final class Publisher extends LoadClient {
    private static final int IN_FLIGHT = 8_192;
    private static final int IN_FLIGHT_BYTES = 16 << 20;
    // Nodes limit the size of a message and the number of its commands.
    private static final int MESSAGE_BYTES = 32 * 1024;
    private static final int MESSAGE_COMMANDS = 500;

    private final List<String> topics;
    private final Payload payload;
    // When each outstanding publication was due, by its id; 0 for none.
    private final long[] dueById = new long[IN_FLIGHT];
    private final String[] topicById = new String[IN_FLIGHT];
    private final Map<String, Position> tops = new HashMap<>();
    private final int mostOutstanding;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int nextTopic;
    private int commands;
    private long nextId = CONNECT_ID + 1;
    private int outstanding;
    private boolean ready;

    /** @param firstTopic of its turns, so that several publishers don't all begin with the same */
    Publisher(LoadLoop loop, Door door, int number, List<String> topics, int firstTopic, Payload payload) {
        super(loop, door, number);
        this.topics = topics;
        this.payload = payload;
        this.nextTopic = firstTopic % topics.size();
        this.mostOutstanding = Math.max(1, Math.min(IN_FLIGHT, IN_FLIGHT_BYTES / payload.maxBytes()));
    }

    /** Whether one more can be published. */
    boolean hasRoom() {
        return isIn() && outstanding < mostOutstanding && dueById[slot(nextId)] == 0;
    }

    /** Queues one for {@link #flush}. */
    void publish(long dueWallNanos) {
        long id = nextId++;
        dueById[slot(id)] = dueWallNanos;
        outstanding++;
        String topic = topics.get(nextTopic);
        topicById[slot(id)] = topic;
        byte[] command = Commands.publish(id, topic, payload.next(dueWallNanos));
        if (message.size() + command.length > MESSAGE_BYTES) flush();
        message.writeBytes(command);
        nextTopic = (nextTopic + 1) % topics.size();
        if (++commands >= Math.min(MESSAGE_COMMANDS, commandsPerFrame())) flush();
    }

    void flush() {
        if (commands == 0) return;
        send(message.toByteArray());
        message.reset();
        commands = 0;
    }

    int outstanding() {
        return outstanding;
    }

    /** The newest publication of each topic that was acknowledged. */
    Map<String, Position> tops() {
        return Map.copyOf(tops);
    }

    @Override
    void onIn() {
        ready = true;
        tally().ready(1);
    }

    @Override
    void onOut() {
        if (ready) tally().ready(-1);
        ready = false;
        // Each may have happened or not: nobody will say.
        if (outstanding > 0) tally().count("unanswered", outstanding);
        Arrays.fill(dueById, 0);
        outstanding = 0;
        message.reset();
        commands = 0;
    }

    @Override
    void onReply(Reply reply) {
        int slot = slot(reply.getId());
        long due = dueById[slot];
        if (due == 0) return;
        dueById[slot] = 0;
        outstanding--;
        if (reply.hasPublished()) {
            tally().published();
            tally().latency("publish", WallClock.ofNanoTime(loop().loop().readNanos()) - due);
            acknowledged(topicById[slot], reply.getPublished().getPosition());
        } else {
            tally().count("refused", 1);
            tally().failure("publish: " + reply.getError().getMessage());
        }
    }

    private void acknowledged(String topic, io.fanwire.protocol.v1.Position at) {
        Position top = tops.get(topic);
        // Answers of one topic come in the order of its offsets; another epoch is a newer one.
        if (top == null || top.epoch() != at.getEpoch() || top.offset() < at.getOffset())
            tops.put(topic, new Position(at.getEpoch(), at.getOffset()));
    }

    private static int slot(long id) {
        return (int) (id % IN_FLIGHT);
    }
}
