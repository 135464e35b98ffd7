package io.fanwire.loadtest.fleet;

import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The workers of a run, as its coordinator sees them. Called by one thread; each worker is heard by one of its own. */
public final class Fleet implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Lobby lobby;
    private final Patience patience;
    private final Consumer<String> remarks;
    private final List<Peer> workers = new ArrayList<>();
    private final ExecutorService listening = Executors.newCachedThreadPool(Fleet::thread);

    private Fleet(Lobby lobby, Patience patience, Consumer<String> remarks) {
        this.lobby = lobby;
        this.patience = patience;
        this.remarks = remarks;
    }

    /**
     * Opens the port where workers join.
     *
     * @param port 0 for any
     * @param remarks hears what a user should know of workers that is no reason to end the run, a line each; any thread
     * @throws ScenarioException if it is in use
     */
    public static Fleet listen(String host, int port, Consumer<String> remarks) {
        return listen(host, port, Patience.DEFAULT, remarks);
    }

    static Fleet listen(String host, int port, Patience patience, Consumer<String> remarks) {
        return new Fleet(Lobby.open(host, port, patience, remarks), patience, remarks);
    }

    public int port() {
        return lobby.port();
    }

    /**
     * Waits for workers. When they are there, nobody else can join.
     *
     * @param meanwhile is called again and again, and may throw what makes it pointless to wait
     * @throws ScenarioException if not so many have joined in time
     */
    public void awaitWorkers(int count, Duration timeout, Runnable meanwhile) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (workers.size() < count) {
            meanwhile.run();
            Peer next = lobby.next(GLANCE);
            // One that went while others were awaited may have come again.
            workers.removeIf(Peer::isLost);
            if (next != null) workers.add(next);
            else if (System.nanoTime() - deadline > 0) throw tooFew(count, timeout);
        }
        lobby.close();
    }

    /** Gives each its share, and waits until all are ready. */
    public void prepare(List<String> args, Targets targets) throws InterruptedException {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) shares.add(new Share(i, workers.size()));
        each(worker -> {
            Skew.of(worker, patience.step()).check(remarks, worker);
            worker.say(new Message.Task(args, targets, shares.get(workers.indexOf(worker))));
            return requireType(worker.hear(patience.step()), Message.Ready.class);
        });
    }

    /** Runs all at the same time; their parts are added up. */
    public Measured run(Timing timing, Consumer<Second> onSecond) throws InterruptedException {
        return each(worker -> {
                    worker.say(new Message.Go(timing));
                    return measured(worker, timing, onSecond);
                })
                .stream()
                .reduce(Measured::plus)
                .orElseThrow();
    }

    @Override
    public void close() {
        listening.shutdownNow();
        lobby.close();
        workers.forEach(Peer::close);
    }

    private ScenarioException tooFew(int count, Duration timeout) {
        return new ScenarioException(
                Fault.TOOL,
                "only " + workers.size() + " of " + count + " workers have joined within " + timeout.toSeconds()
                        + " s");
    }

    private Measured measured(Peer worker, Timing timing, Consumer<Second> onSecond)
            throws IOException, InterruptedException {
        // The first second is over a warm-up later.
        Duration wait = patience.step().plusNanos(timing.warmUpNanos());
        while (true) {
            Message message = worker.hear(wait);
            if (message instanceof Message.Tick tick) onSecond.accept(tick.second());
            else return requireType(message, Message.Done.class).measured();
        }
    }

    private static <M extends Message> M requireType(Message message, Class<M> type) {
        if (message instanceof Message.Failed failed) throw new ScenarioException(failed.fault(), failed.why());
        return type.cast(message);
    }

    /** The first that fails ends the run: what the others do says nothing without it. */
    private <T> List<T> each(Talk<T> talk) throws InterruptedException {
        List<CompletableFuture<T>> results = new ArrayList<>();
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        for (Peer worker : workers) {
            CompletableFuture<T> result = CompletableFuture.supplyAsync(() -> with(worker, talk), listening);
            result.exceptionally(failure -> {
                firstFailure.completeExceptionally(failure);
                return null;
            });
            results.add(result);
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(results.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, firstFailure).get();
        } catch (ExecutionException e) {
            throw ScenarioException.of(e);
        }
        return results.stream().map(CompletableFuture::join).toList();
    }

    private static <T> T with(Peer worker, Talk<T> talk) {
        try {
            return talk.with(worker);
        } catch (IOException | InterruptedException e) {
            throw new ScenarioException(Fault.TOOL, "the worker at " + worker + " is lost: " + e.getMessage(), e);
        } catch (ScenarioException e) {
            throw new ScenarioException(e.fault(), "the worker at " + worker + " says: " + e.getMessage(), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "load-fleet");
        thread.setDaemon(true);
        return thread;
    }

    private interface Talk<T> {
        T with(Peer worker) throws IOException, InterruptedException;
    }
}
