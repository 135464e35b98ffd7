package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.wire.Commands;
import io.fanwire.protocol.v1.Reply;

/**
 * A client that subscribes to a topic of its own and unsubscribes again, in turn; a command waits for the answer of the
 * one before. All state is owned by the loop.
 */
final class Toggler extends LoadClient {
    private final String topic;
    private long asked;
    private long lastId = CONNECT_ID;
    private boolean subscribed;
    private boolean waiting;
    private boolean ready;

    Toggler(LoadLoop loop, Door door, int number, String topic) {
        super(loop, door, number);
        this.topic = topic;
    }

    void toggle() {
        if (!isIn() || waiting) {
            tally().count("toggles skipped", 1);
            return;
        }
        waiting = true;
        asked = System.nanoTime();
        lastId++;
        send(subscribed ? Commands.unsubscribe(lastId, topic) : Commands.subscribe(lastId, topic));
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
        subscribed = false;
        waiting = false;
    }

    @Override
    void onReply(Reply reply) {
        if (reply.getId() != lastId || !waiting) return;
        waiting = false;
        if (reply.hasError()) {
            tally().failure((subscribed ? "unsubscribe: " : "subscribe: ")
                    + reply.getError().getMessage());
            return;
        }
        tally().count("toggles", 1);
        tally().latency(subscribed ? "unsubscribe" : "subscribe", System.nanoTime() - asked);
        subscribed = !subscribed;
    }
}
