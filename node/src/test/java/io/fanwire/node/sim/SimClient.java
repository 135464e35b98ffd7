package io.fanwire.node.sim;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.session.Connection;
import io.fanwire.node.session.Session;
import io.fanwire.node.session.Sessions;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import io.fanwire.protocol.v1.Subscribe;
import io.fanwire.protocol.v1.Unsubscribe;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client and its socket. Reads at a pace that chance decides, sometimes not at all, and checks everything that it is
 * told against the promises: in order, nothing twice, no hole without a gap, nothing after unsubscribe.
 */
final class SimClient implements Connection {
    private final Random random;
    private final Session session;
    private final Queue<Queued> inFlight = new ArrayDeque<>();
    private final Map<Long, String> subscribes = new HashMap<>();
    private final Map<Long, String> unsubscribes = new HashMap<>();
    private final Map<Integer, View> views = new HashMap<>();
    private final Map<String, Integer> topicIds = new HashMap<>();
    private Command.@Nullable Builder pendingFirst;
    private long lastId = 1;
    // The transport asks for the first message by itself.
    private int demand = 1;
    private boolean stalled;
    private boolean connected;
    private @Nullable CloseReason closedFor;
    private boolean gone;
    long delivered;
    long gaps;
    long expectedReplies;

    SimClient(Random random, Sessions sessions) {
        this.random = random;
        this.session = sessions.open(this);
        pendingFirst = command(1).setConnect(Connect.getDefaultInstance());
    }

    /** Does something that a client might do. */
    void act(String topic) {
        if (gone || demand == 0) return;
        if (pendingFirst != null) {
            expectedReplies++;
            send(pendingFirst);
            pendingFirst = null;
            return;
        }
        switch (random.nextInt(10)) {
            case 0, 1 -> subscribe(topic);
            case 2 -> unsubscribe(topic);
            case 3, 4, 5, 6, 7 -> publish(topic);
            case 8 -> stalled = random.nextInt(4) == 0;
            default -> send(command(0).setHeartbeat(Heartbeat.getDefaultInstance()));
        }
    }

    void disconnect() {
        if (gone) return;
        gone = true;
        session.onDisconnected();
    }

    /** The network takes what was written. @return whether there was something */
    boolean drain() {
        if (stalled || gone) return false;
        Queued write = inFlight.poll();
        if (write == null) return false;
        // Not before: a message that is being written must stay as it is.
        if (closedFor == null) read(write.message);
        write.write.onWritten();
        return true;
    }

    void unstall() {
        stalled = false;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isGone() {
        return gone;
    }

    @Nullable
    CloseReason closedFor() {
        return closedFor;
    }

    /** Topics subscribed to, with the offset up to which everything was received or told missing. */
    Map<String, Long> upTo() {
        Map<String, Long> result = new HashMap<>();
        topicIds.forEach((topic, id) -> {
            View view = views.get(id);
            if (view != null) result.put(topic, view.last);
        });
        return result;
    }

    @Override
    public void write(ByteBuffer message, Write write) {
        if (!inFlight.isEmpty()) throw new AssertionError("two writes at once");
        if (closedFor != null) throw new AssertionError("a write after close");
        if (stalled || random.nextInt(3) == 0) {
            inFlight.add(new Queued(message, write));
        } else {
            read(message);
            write.onWritten();
        }
    }

    @Override
    public void demand() {
        demand++;
    }

    @Override
    public void close(CloseReason reason) {
        closedFor = reason;
        views.clear();
    }

    @Override
    public void abort() {
        disconnect();
    }

    private void subscribe(String topic) {
        long id = ++lastId;
        subscribes.put(id, topic);
        expectedReplies++;
        send(command(id).setSubscribe(Subscribe.newBuilder().setTopic(topic)));
    }

    private void unsubscribe(String topic) {
        long id = ++lastId;
        unsubscribes.put(id, topic);
        expectedReplies++;
        send(command(id).setUnsubscribe(Unsubscribe.newBuilder().setTopic(topic)));
    }

    private void publish(String topic) {
        expectedReplies++;
        send(command(++lastId)
                .setPublish(Publish.newBuilder().setTopic(topic).setText("x".repeat(random.nextInt(400)))));
    }

    private void send(Command.Builder command) {
        demand--;
        if (session.onFrame(ClientFrame.newBuilder().addCommands(command).build())) demand++;
    }

    private static Command.Builder command(long id) {
        return Command.newBuilder().setId(id);
    }

    private void read(ByteBuffer message) {
        try {
            for (Event event : ServerFrame.parseFrom(message).getEventsList()) read(event);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a frame", e);
        }
    }

    private void read(Event event) {
        switch (event.getEventCase()) {
            case REPLY -> read(event.getReply());
            case PUBLICATION -> read(event.getPublication());
            case GAP -> read(event.getGap());
            case HEARTBEAT -> {}
            case EVENT_NOT_SET -> throw new AssertionError("an event that says nothing");
        }
    }

    private void read(Reply reply) {
        expectedReplies--;
        String subscribed = subscribes.remove(reply.getId());
        String unsubscribed = unsubscribes.remove(reply.getId());
        if (reply.hasConnected()) connected = true;
        else if (!connected) throw new AssertionError("a reply before connected");
        if (reply.hasSubscribed()) {
            int id = reply.getSubscribed().getTopicId();
            views.put(id, new View(reply.getSubscribed().getPosition().getOffset()));
            topicIds.put(String.valueOf(subscribed), id);
        } else if (reply.hasUnsubscribed()) {
            Integer id = topicIds.remove(String.valueOf(unsubscribed));
            if (id != null) views.remove(id);
        } else if (reply.hasError()) {
            ErrorCode code = reply.getError().getCode();
            if (code == ErrorCode.ERROR_CODE_INTERNAL) throw new AssertionError("the node failed: " + reply);
        }
    }

    private void read(Publication publication) {
        View view = view(publication.getTopicId());
        if (publication.getOffset() <= view.last) throw new AssertionError("twice or out of order: " + publication);
        if (publication.getOffset() != view.last + 1)
            throw new AssertionError("missing in silence: before " + publication);
        view.last = publication.getOffset();
        delivered++;
    }

    private void read(Gap gap) {
        View view = view(gap.getTopicId());
        if (gap.getFromOffset() != view.last + 1) throw new AssertionError("a gap that does not fit: " + gap);
        if (gap.getToOffset() < gap.getFromOffset()) throw new AssertionError("a gap of nothing: " + gap);
        view.last = gap.getToOffset();
        gaps++;
    }

    private View view(int topicId) {
        View view = views.get(topicId);
        if (view == null) throw new AssertionError("an event of topic " + topicId + ", not subscribed to");
        return view;
    }

    /** How far a topic was seen. */
    private static final class View {
        long last;

        View(long last) {
            this.last = last;
        }
    }

    private record Queued(ByteBuffer message, Write write) {}
}
