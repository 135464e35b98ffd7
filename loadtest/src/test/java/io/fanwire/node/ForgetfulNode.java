package io.fanwire.node;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.node.backplane.BackplaneState;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.OutgoingPublication;
import io.fanwire.node.backplane.TopicListener;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import io.fanwire.protocol.v1.Gap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A node in this JVM with a defect: of what the backplane brings, it loses a few publications without a word. */
public final class ForgetfulNode implements AutoCloseable {
    private final AtomicLong came = new AtomicLong();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final long oneIn;
    private final Node node;

    /** @param oneIn of so many publications, the last is lost */
    public ForgetfulNode(String redisUri, long oneIn) {
        this.oneIn = oneIn;
        var config = NodeConfig.from(Map.of(
                "FANWIRE_HOST", "127.0.0.1",
                "FANWIRE_PORT", "0",
                "FANWIRE_ADMIN_PORT", "0",
                "FANWIRE_REDIS_URI", redisUri));
        try {
            node = Node.start(config, Forgetful::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + node.port() + "/ws");
    }

    /** Topic and offset of each publication that was lost, like {@code news:world 17}. */
    public Iterable<String> lost() {
        return lost;
    }

    @Override
    public void close() {
        node.close();
    }

    private boolean isForgotten(Topic topic, Position position) {
        if (came.incrementAndGet() % oneIn != 0) return false;
        lost.add(topic + " " + position.offset());
        return true;
    }

    private final class Forgetful implements Backplane {
        private final Backplane sound;

        Forgetful(Backplane sound) {
            this.sound = sound;
        }

        @Override
        public CompletionStage<Position> subscribe(Topic topic, TopicListener listener) {
            return sound.subscribe(topic, new TopicListener() {
                @Override
                public void onPublication(Position position, byte[] body) {
                    if (!isForgotten(topic, position)) listener.onPublication(position, body);
                }

                @Override
                public void onGap(long epoch, long from, long to, Gap.Reason reason) {
                    listener.onGap(epoch, from, to, reason);
                }
            });
        }

        @Override
        public CompletionStage<Position> publish(Topic topic, OutgoingPublication publication) {
            return sound.publish(topic, publication);
        }

        @Override
        public void unsubscribe(Topic topic) {
            sound.unsubscribe(topic);
        }

        @Override
        public CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query) {
            return sound.read(topic, query);
        }

        @Override
        public BackplaneState state() {
            return sound.state();
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
