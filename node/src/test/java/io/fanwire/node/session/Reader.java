package io.fanwire.node.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.protocol.CloseReason;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.ServerFrame;
import io.fanwire.protocol.v1.Since;
import io.fanwire.protocol.v1.Subscribe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client without a socket, that takes what it is sent at once, or nothing while it is told to pause. */
final class Reader implements Connection {
    private final List<Event> events = new ArrayList<>();
    private final Session session;
    private long lastOffset;
    private boolean paused;
    private @Nullable ByteBuffer unread;
    private @Nullable Write underWay;
    private @Nullable CloseReason closedFor;
    private String address = "127.0.0.1";
    private long takenAt;
    private int pings;
    private int demands;
    private boolean aborted;

    Reader(Sessions sessions) {
        this(sessions, Connect.getDefaultInstance());
    }

    Reader(Sessions sessions, Connect connect) {
        session = sessions.open(this);
        send(Command.newBuilder().setId(1).setConnect(connect));
    }

    /** @param address where it comes from */
    Reader(Sessions sessions, String address) {
        this.address = address;
        session = sessions.open(this);
        send(Command.newBuilder().setId(1).setConnect(Connect.getDefaultInstance()));
    }

    void subscribe(long id, String topic) {
        send(Command.newBuilder().setId(id).setSubscribe(Subscribe.newBuilder().setTopic(topic)));
    }

    void publish(long id, String topic, String text) {
        send(Command.newBuilder()
                .setId(id)
                .setPublish(Publish.newBuilder().setTopic(topic).setText(text)));
    }

    void resume(long id, String topic, Position last) {
        Since since = Since.newBuilder()
                .setPosition(io.fanwire.protocol.v1.Position.newBuilder()
                        .setEpoch(last.epoch())
                        .setOffset(last.offset()))
                .build();
        send(Command.newBuilder()
                .setId(id)
                .setSubscribe(Subscribe.newBuilder().setTopic(topic).setSince(since)));
    }

    /** @return whether the session takes more at once */
    boolean publish(long id, String topic) {
        return send(Command.newBuilder()
                .setId(id)
                .setPublish(Publish.newBuilder().setTopic(topic).setText("hi")));
    }

    void heartbeat() {
        send(Command.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
    }

    void pong() {
        session.onPong();
    }

    int pings() {
        return pings;
    }

    /** How often the session asked for more. */
    int demands() {
        return demands;
    }

    long heartbeats() {
        return events.stream().filter(Event::hasHeartbeat).count();
    }

    List<Reply> replies() {
        return events.stream().filter(Event::hasReply).map(Event::getReply).toList();
    }

    /** Its socket has taken a byte of what it was sent, and no more. */
    void tookAByte(long nanoTime) {
        takenAt = nanoTime;
    }

    void disconnect() {
        session.onDisconnected();
    }

    void pause() {
        paused = true;
    }

    /** Reads again, beginning with what was sent meanwhile. */
    void goOn() {
        paused = false;
        ByteBuffer message = unread;
        Write write = underWay;
        unread = null;
        underWay = null;
        if (message == null || write == null) return;
        if (closedFor == null) read(message);
        write.onWritten();
    }

    @Nullable
    CloseReason closedFor() {
        return closedFor;
    }

    /** Whether the node has cut the connection. */
    boolean isAborted() {
        return aborted;
    }

    boolean isAnswered(long id) {
        return events.stream().anyMatch(event -> isReplyTo(id, event));
    }

    Reply reply(long id) {
        return events.stream()
                .filter(event -> isReplyTo(id, event))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no reply to " + id))
                .getReply();
    }

    /** All that came, in its order. */
    List<Event> events() {
        return List.copyOf(events);
    }

    /** Publications and gaps, in the order in which they came. */
    List<Event> heard() {
        return events.stream()
                .filter(event -> event.hasPublication() || event.hasGap())
                .toList();
    }

    List<Long> offsets() {
        return events.stream()
                .filter(Event::hasPublication)
                .map(Event::getPublication)
                .map(Publication::getOffset)
                .toList();
    }

    /** Of the newest publication that came; 0 if none did. */
    long lastOffset() {
        return lastOffset;
    }

    @Override
    public void write(ByteBuffer message, Write write) {
        if (underWay != null) throw new AssertionError("two writes at once");
        if (closedFor != null) throw new AssertionError("a write after close");
        if (paused) {
            unread = message;
            underWay = write;
        } else {
            read(message);
            write.onWritten();
        }
    }

    @Override
    public void ping() {
        pings++;
    }

    @Override
    public long takenAt() {
        return takenAt;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void demand() {
        demands++;
    }

    @Override
    public void close(CloseReason reason) {
        closedFor = reason;
    }

    @Override
    public void abort() {
        aborted = true;
        session.onDisconnected();
    }

    boolean send(Command.Builder command) {
        return send(ClientFrame.newBuilder().addCommands(command).build());
    }

    /** @return whether the session takes more at once */
    boolean send(ClientFrame frame) {
        return session.onFrame(frame);
    }

    private void read(ByteBuffer message) {
        try {
            for (Event event : ServerFrame.parseFrom(message).getEventsList()) read(event);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a frame", e);
        }
    }

    private void read(Event event) {
        events.add(event);
        if (event.hasPublication()) lastOffset = event.getPublication().getOffset();
    }

    private static boolean isReplyTo(long id, Event event) {
        return event.hasReply() && event.getReply().getId() == id;
    }
}
