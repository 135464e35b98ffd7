package io.fanwire.loadtest.terminal;

import io.fanwire.protocol.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Publishes without waiting for the message before, and reports in the order of the messages. One thread feeds, which
 * stands still while {@value #MAX_IN_FLIGHT} messages wait to be acknowledged; another reports.
 */
final class PublishPipeline {
    private static final int MAX_IN_FLIGHT = 1_000;

    private final Function<String, CompletionStage<Position>> publish;
    private final BlockingQueue<Pending> pending = new ArrayBlockingQueue<>(MAX_IN_FLIGHT);

    PublishPipeline(Function<String, CompletionStage<Position>> publish) {
        this.publish = publish;
    }

    /** A message on its way; without a future, the end. */
    private record Pending(@Nullable CompletableFuture<Position> position) {}

    void feedOne(String message) throws InterruptedException {
        send(message);
        pending.put(new Pending(null));
    }

    /** In a daemon thread: a read from a terminal can't be interrupted, and must not hold up the program's end. */
    void feedLines(Reader in) {
        var feeder = new Thread(() -> feed(new BufferedReader(in)), "fanwire-pub-input");
        feeder.setDaemon(true);
        feeder.start();
    }

    /** Prints each position until the last, or until a message fails. Returns whether all went well. */
    boolean report(String topic, PrintStream out, PrintStream err) throws InterruptedException {
        for (long number = 1; ; number++) {
            CompletableFuture<Position> position = pending.take().position();
            if (position == null) return true;
            try {
                out.println(topic + " " + position.get());
            } catch (ExecutionException e) {
                err.println("fanwire pub: message " + number + " failed: " + reason(e));
                return false;
            }
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause == null || cause.getMessage() == null ? failure.toString() : cause.getMessage();
    }

    private void feed(BufferedReader in) {
        try {
            pending.put(last(in));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Pending last(BufferedReader in) throws InterruptedException {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) send(line);
            return new Pending(null);
        } catch (IOException e) {
            return new Pending(CompletableFuture.failedFuture(e));
        }
    }

    private void send(String message) throws InterruptedException {
        pending.put(new Pending(published(message)));
    }

    private CompletableFuture<Position> published(String message) {
        try {
            return publish.apply(message).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
