package io.fanwire.bench.peer;

import com.google.protobuf.ByteString;
import io.fanwire.bench.load.Arrivals;
import io.fanwire.loadtest.wire.ClientSocket;
import io.fanwire.loadtest.wire.EventReader;
import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.loadtest.wire.MessageReader;
import io.fanwire.protocol.Limits;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Gap;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Reply;
import io.fanwire.protocol.v1.Subscribe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary subprotocol. */
final class FanwireDialect implements Dialect {
    private static final int CONNECT = 1;
    // Subscribe commands have this id and those above.
    private static final int SUBSCRIBE = 2;
    private static final byte[] HEARTBEAT = frame(List.of(
            Command.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()).build()));

    @Override
    public Handshake handshake(String host) {
        return new Handshake(host, "/ws", Limits.SUBPROTOCOL_PROTOBUF);
    }

    @Override
    public MessageReader subscriber(List<String> topics, Arrivals arrivals) {
        return new Subscriber(topics, arrivals);
    }

    @Override
    public MessageReader publisher(Runnable ready) {
        return new Publishing(ready);
    }

    @Override
    public void appendPublish(ByteArrayOutputStream message, String topic, byte[] payload) {
        Publish publish = Publish.newBuilder()
                .setTopic(topic)
                .setBinary(ByteString.copyFrom(payload))
                .build();
        try {
            message.write(frame(List.of(Command.newBuilder().setPublish(publish).build())));
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused bytes", e);
        }
    }

    private static byte[] frame(List<Command> commands) {
        return ClientFrame.newBuilder().addAllCommands(commands).build().toByteArray();
    }

    private static Command connect() {
        return Command.newBuilder()
                .setId(CONNECT)
                .setConnect(Connect.newBuilder().setClient("bench"))
                .build();
    }

    private static Command subscribe(String topic, int id) {
        return Command.newBuilder()
                .setId(id)
                .setSubscribe(Subscribe.newBuilder().setTopic(topic))
                .build();
    }

    /** Answers heartbeats. */
    private abstract static class Client extends EventReader {
        private @Nullable ClientSocket socket;

        @Override
        public void onOpen(ClientSocket opened) {
            socket = opened;
            List<Command> all = greeting();
            for (int from = 0; from < all.size(); from += Limits.MAX_COMMANDS_PER_FRAME) {
                opened.send(frame(all.subList(from, Math.min(all.size(), from + Limits.MAX_COMMANDS_PER_FRAME))));
            }
        }

        abstract List<Command> greeting();

        abstract void onReply(Reply reply);

        @Override
        protected void onEvent(Event event) {
            if (event.hasReply()) {
                if (event.getReply().hasError()) throw new IllegalStateException("refused: " + event.getReply());
                onReply(event.getReply());
            } else if (event.hasHeartbeat() && socket != null) {
                socket.send(HEARTBEAT);
            }
        }

        @Override
        protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {}
    }

    private static final class Publishing extends Client {
        private final Runnable ready;

        Publishing(Runnable ready) {
            this.ready = ready;
        }

        @Override
        List<Command> greeting() {
            return List.of(connect());
        }

        @Override
        void onReply(Reply reply) {
            ready.run();
        }

        @Override
        public void onClosed(ClientSocket socket, String why) {
            throw new IllegalStateException("the publisher was closed: " + why);
        }
    }

    private static final class Subscriber extends Client {
        private final List<String> topics;
        private final Arrivals arrivals;
        private int subscribed;
        // Of the next publication; only followed where there is one topic.
        private long due;

        Subscriber(List<String> topics, Arrivals arrivals) {
            this.topics = topics;
            this.arrivals = arrivals;
        }

        @Override
        List<Command> greeting() {
            List<Command> commands = new ArrayList<>();
            commands.add(connect());
            for (String topic : topics) commands.add(subscribe(topic, SUBSCRIBE + commands.size() - 1));
            return commands;
        }

        @Override
        void onReply(Reply reply) {
            if (!reply.hasSubscribed()) return;
            due = reply.getSubscribed().getPosition().getOffset() + 1;
            if (++subscribed == topics.size()) arrivals.subscribed();
        }

        @Override
        protected void onPublication(int topicId, long offset, ByteBuffer bytes, int payloadFrom, int payloadTo) {
            arrivals.publication(bytes, payloadFrom);
            goOn(offset, offset);
        }

        @Override
        protected void onEvent(Event event) {
            if (event.hasGap()) {
                Gap gap = event.getGap();
                arrivals.missed(gap.getToOffset() - gap.getFromOffset() + 1);
                goOn(gap.getFromOffset(), gap.getToOffset());
            } else {
                super.onEvent(event);
            }
        }

        @Override
        protected void onRead() {
            arrivals.endOfRead();
        }

        @Override
        public void onClosed(ClientSocket socket, String why) {
            arrivals.lost(why);
        }

        /** A silent loss ends a measurement like a lost connection: neither may happen. */
        private void goOn(long from, long to) {
            if (from != due && topics.size() == 1) arrivals.lost("offset " + from + " came where " + due + " was due");
            due = to + 1;
        }
    }
}
