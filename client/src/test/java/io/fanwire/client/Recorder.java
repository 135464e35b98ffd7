package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records what listeners are told, in order. A subscribed position is recorded as it is, a message as its text. */
final class Recorder implements TopicListener, ClientListener {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Object> calls = new LinkedBlockingQueue<>();

    /** The next call's argument, which must be of this type. */
    <T> T next(Class<T> type) throws InterruptedException {
        Object call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(call).isInstanceOf(type);
        return type.cast(call);
    }

    Object next() throws InterruptedException {
        return next(Object.class);
    }

    /** As many calls' arguments. */
    List<Object> next(int count) throws InterruptedException {
        List<Object> next = new ArrayList<>();
        while (next.size() < count) next.add(next());
        return next;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    @Override
    public void onMessage(Message message) {
        calls.add(message.text());
    }

    @Override
    public void onGap(GapInfo gap) {
        calls.add(gap);
    }

    @Override
    public void onSubscribed(Position position) {
        calls.add(position);
    }

    @Override
    public void onError(FanwireException error) {
        calls.add(error);
    }

    @Override
    public void onConnected(ConnectionInfo connection) {
        calls.add(connection);
    }

    @Override
    public void onDisconnected(Disconnection disconnection) {
        calls.add(disconnection);
    }

    @Override
    public void onClosed(ClientClosedException why) {
        calls.add(why);
    }

    @Override
    public void onError(Throwable error) {
        calls.add(error);
    }
}
