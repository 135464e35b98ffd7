package io.fanwire.node.sim;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.node.backplane.redis.SimChronicle;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client and its socket. Reads at a pace that chance decides, sometimes not at all, and checks everything that it is
 * told against the promises: in order, nothing twice, no hole without a gap, nothing after unsubscribe. A later one goes
 * on with what an earlier one has seen, on whatever node.
 */
final class SimClient implements Connection {
    private final Random random;
    private final SimChronicle chronicle;
    private final Session session;
    /** What this client has seen of topics that it is not subscribed to now, perhaps on an earlier connection. */
    private final Map<String, SimView> seen;

    private final Queue<Queued> inFlight = new ArrayDeque<>();
    private final Map<Long, String> subscribes = new HashMap<>();
    private final Map<Long, String> unsubscribes = new HashMap<>();
    /** What a subscription that was asked for goes on with. */
    private final Map<Long, SimView> asked = new HashMap<>();

    private final Map<Integer, SimView> views = new HashMap<>();
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

    /** @param seen by an earlier connection */
    SimClient(Random random, Sessions sessions, SimChronicle chronicle, Map<String, SimView> seen) {
        this.random = random;
        this.chronicle = chronicle;
        this.seen = new HashMap<>(seen);
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

    /** Topics subscribed to. */
    List<SimView> views() {
        return List.copyOf(views.values());
    }

    /** All that was seen, for the next connection. */
    Map<String, SimView> seen() {
        Map<String, SimView> all = new HashMap<>(seen);
        views.values().forEach(view -> all.put(view.topic(), view));
        return all;
    }

    @Override
    public void write(ByteBuffer message, Write write) {
        if (!inFlight.isEmpty()) throw new AssertionError("two writes at once");
        if (closedFor != null) throw new AssertionError("a write after close");
        // Nobody hears it: what it has seen is with its next connection by now.
        if (gone) {
            write.onWriteFailed(new IOException("the client is gone"));
            return;
        }
        if (stalled || random.nextInt(3) == 0) {
            inFlight.add(new Queued(message, write));
        } else {
            read(message);
            write.onWritten();
        }
    }

    @Override
    public void ping() {}

    @Override
    public long takenAt() {
        return 0;
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public void demand() {
        demand++;
    }

    @Override
    public void close(CloseReason reason) {
        closedFor = reason;
        seen.putAll(seen());
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
        Subscribe.Builder subscribe = Subscribe.newBuilder().setTopic(topic);
        SimView before = seen.get(topic);
        // While an earlier subscription still moves the view, the position that was asked with would not be its own.
        boolean goesOn = before != null && !isInUse(before) && random.nextInt(8) != 0;
        if (goesOn) subscribe.setSince(before.since());
        asked.put(id, goesOn ? before : new SimView(topic, chronicle));
        send(command(id).setSubscribe(subscribe));
    }

    private boolean isInUse(SimView view) {
        return views.containsValue(view) || asked.containsValue(view);
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
        SimView goesOn = asked.remove(reply.getId());
        if (reply.hasConnected()) connected = true;
        else if (!connected) throw new AssertionError("a reply before connected");
        if (reply.hasSubscribed()) {
            int id = reply.getSubscribed().getTopicId();
            String topic = String.valueOf(subscribed);
            if (goesOn == null) throw new AssertionError("subscribed twice by one command: " + reply);
            goesOn.subscribed(reply.getSubscribed());
            views.put(id, goesOn);
            topicIds.put(topic, id);
        } else if (reply.hasUnsubscribed()) {
            Integer id = topicIds.remove(String.valueOf(unsubscribed));
            if (id != null) seen.put(String.valueOf(unsubscribed), views.remove(id));
        } else if (reply.hasError()) {
            ErrorCode code = reply.getError().getCode();
            if (code == ErrorCode.ERROR_CODE_INTERNAL) throw new AssertionError("the node failed: " + reply);
        }
    }

    private void read(Publication publication) {
        if (view(publication.getTopicId()).publication(publication)) delivered++;
    }

    private void read(Gap gap) {
        view(gap.getTopicId()).gap(gap);
        if (gap.getReason() != Gap.Reason.REASON_EPOCH_CONTINUED) gaps++;
    }

    private SimView view(int topicId) {
        SimView view = views.get(topicId);
        if (view == null) throw new AssertionError("an event of topic " + topicId + ", not subscribed to");
        return view;
    }

    private record Queued(ByteBuffer message, Write write) {}
}
