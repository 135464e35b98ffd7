package io.fanwire.loadtest.terminal;

import io.fanwire.client.ClientListener;
import io.fanwire.client.FanwireException;
import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.client.TopicListener;
import io.fanwire.protocol.Position;
import java.io.PrintStream;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

/**
 * Prints messages, one a line, and gaps and errors to standard error. Called on the client's loop, and prints there: a
 * terminal that does not read makes a slow subscriber, which is the node's business.
 */
final class MessagePrinter implements TopicListener {
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch end = new CountDownLatch(1);
    /** Behind what was printed, by topic. */
    private final Map<String, Position> reached = new ConcurrentSkipListMap<>();

    private long left;
    private volatile int exitCode;

    MessagePrinter(PrintStream out, PrintStream err, long count) {
        this.out = out;
        this.err = err;
        this.left = count;
    }

    ClientListener lifecycle() {
        return new Lifecycle(err, this::fail);
    }

    /** Blocks until all is printed, nobody reads any more, or the client is refused. Returns the exit code. */
    int awaitEnd() throws InterruptedException {
        end.await();
        return exitCode;
    }

    /** Prints nothing more. */
    void stop() {
        end.countDown();
    }

    /** Once: a command that ends by itself is followed by the shutdown hook. */
    void printWhereToGoOn() {
        for (String topic : reached.keySet()) {
            Position position = reached.remove(topic);
            if (position != null) err.println(topic + " goes on with --since " + position);
        }
    }

    @Override
    public void onMessage(Message message) {
        if (isOver()) return;
        out.println(message.topic() + " " + message.position().offset() + " " + body(message));
        // Also flushes: the reader of a pipe sees each message at once. An error means that it has gone.
        boolean printed = !out.checkError();
        if (printed) reached.put(message.topic(), message.position());
        if (!printed || --left == 0) end.countDown();
    }

    @Override
    public void onGap(GapInfo gap) {
        if (isOver()) return;
        err.println(gap.topic() + " gap: " + missing(gap) + " (" + gap.reason() + ")");
        reached.put(gap.topic(), new Position(gap.epoch(), gap.toOffset()));
    }

    @Override
    public void onError(FanwireException error) {
        fail(String.valueOf(error.getMessage()));
    }

    private void fail(String why) {
        if (isOver()) return;
        err.println("fanwire sub: " + why);
        exitCode = 1;
        end.countDown();
    }

    private boolean isOver() {
        return end.getCount() == 0;
    }

    private static String missing(GapInfo gap) {
        if (gap.reason() == GapInfo.Reason.EPOCH_CONTINUED) return "messages from right before may be missing";
        if (gap.reason().isUnbounded()) return "an unknown number of messages is missing";
        return gap.missing() + " missing, " + gap.fromOffset() + " to " + gap.toOffset();
    }

    private static String body(Message message) {
        return message.isText() ? message.text() : Base64.getEncoder().encodeToString(message.payload());
    }
}
