package io.fanwire.loadtest.terminal;

import io.fanwire.client.ClientListener;
import io.fanwire.client.FanwireException;
import io.fanwire.client.GapInfo;
import io.fanwire.client.Message;
import io.fanwire.client.TopicListener;
import java.io.PrintStream;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;

/**
 * Prints messages, one a line, and gaps and errors to standard error. Called on the client's loop, and prints there: a
 * terminal that does not read makes a slow subscriber, which is the node's business.
 */
final class MessagePrinter implements TopicListener {
    private final PrintStream out;
    private final PrintStream err;
    private final CountDownLatch end = new CountDownLatch(1);
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

    @Override
    public void onMessage(Message message) {
        if (end.getCount() == 0) return;
        out.println(message.topic() + " " + message.position().offset() + " " + body(message));
        // Also flushes: the reader of a pipe sees each message at once. An error means that it has gone.
        if (out.checkError() || --left == 0) end.countDown();
    }

    @Override
    public void onGap(GapInfo gap) {
        err.println(gap.topic() + " gap: " + missing(gap) + " (" + gap.reason() + ")");
    }

    @Override
    public void onError(FanwireException error) {
        fail(String.valueOf(error.getMessage()));
    }

    private void fail(String why) {
        if (end.getCount() == 0) return;
        err.println("fanwire sub: " + why);
        exitCode = 1;
        end.countDown();
    }

    private static String missing(GapInfo gap) {
        if (gap.missing() == 0) return "an unknown number of messages is missing";
        return gap.missing() + " missing, " + gap.fromOffset() + " to " + gap.toOffset();
    }

    private static String body(Message message) {
        return message.isText() ? message.text() : Base64.getEncoder().encodeToString(message.payload());
    }
}
