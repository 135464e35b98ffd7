package io.fanwire.loadtest.fleet;

import io.fanwire.loadtest.measure.WallClock;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.Scenario;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that does its share of a run, as a coordinator says. For one thread. */
public final class Worker implements AutoCloseable {
    private static final long POLL_MILLIS = 200;
    private static final int CONNECT_MILLIS = 2_000;
    // A coordinator has many workers to wait for, and its user's time.
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Peer coordinator;

    private Worker(Peer coordinator) {
        this.coordinator = coordinator;
    }

    /**
     * Joins a coordinator, and waits for it if it is not there yet.
     *
     * @throws ScenarioException if it does not come in time
     */
    public static Worker join(String host, int port, Duration patience) throws InterruptedException {
        return join(host, port, patience, Patience.DEFAULT.silence());
    }

    static Worker join(String host, int port, Duration patience, Duration silence) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return new Worker(connect(host, port, silence));
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new ScenarioException(
                            Fault.TOOL,
                            "no coordinator at " + host + ":" + port + " within " + patience.toSeconds() + " s: "
                                    + e.getMessage(),
                            e);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private static Peer connect(String host, int port, Duration silence) throws IOException {
        Socket socket = new Socket();
        try {
            // Looked up each time: a container's name is unknown until it runs.
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return Peer.on(socket, silence);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Does one run.
     *
     * @throws ScenarioException if it can't go on, or the coordinator is lost
     */
    public void work(Shares shares, Course course) throws InterruptedException {
        try {
            coordinator.say(new Message.Hello(Message.VERSION));
            Message.Task task = task();
            try {
                work(task, shares, course);
            } catch (RuntimeException e) {
                ScenarioException failure = ScenarioException.of(e);
                coordinator.say(new Message.Failed(oneLine(failure), failure.fault()));
                throw failure;
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void close() {
        coordinator.close();
    }

    /** Tells how late it is until it hears what to do. */
    private Message.Task task() throws IOException, InterruptedException {
        Message next = hear();
        WallClock.read();
        while (next instanceof Message.Ping) {
            coordinator.say(new Message.Pong(WallClock.nanos()));
            next = hear();
        }
        return (Message.Task) next;
    }

    private void work(Message.Task task, Shares shares, Course course) throws IOException, InterruptedException {
        try (Scenario scenario = shares.scenario(task.args(), task.targets(), task.share())) {
            scenario.prepare();
            coordinator.say(new Message.Ready());
            Message.Go go = (Message.Go) hear();
            coordinator.say(new Message.Done(course.run(scenario, go.timing(), this::tell)));
        }
    }

    private Message hear() throws IOException, InterruptedException {
        Message message = coordinator.hear(PATIENCE);
        if (message instanceof Message.Failed failed) throw new ScenarioException(failed.fault(), failed.why());
        return message;
    }

    private void tell(Second second) {
        try {
            coordinator.say(new Message.Tick(second));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private static ScenarioException lost(IOException e) {
        return new ScenarioException(Fault.TOOL, "the coordinator is lost: " + e.getMessage(), e);
    }

    private static String oneLine(ScenarioException failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " | ");
    }

    /** Makes a share's scenario of a command line. */
    public interface Shares {
        /** @throws IllegalArgumentException if it is none */
        Scenario scenario(List<String> args, Targets targets, Share share);
    }

    /** Runs a scenario that is prepared. */
    public interface Course {
        Measured run(Scenario scenario, Timing timing, Consumer<Second> onSecond) throws InterruptedException;
    }
}
