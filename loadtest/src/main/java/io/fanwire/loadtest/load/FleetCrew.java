package io.fanwire.loadtest.load;

import io.fanwire.harness.ChildProcess;
import io.fanwire.harness.HarnessException;
import io.fanwire.loadtest.Main;
import io.fanwire.loadtest.fleet.Fleet;
import io.fanwire.loadtest.fleet.Timing;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.ScenarioException;
import io.fanwire.loadtest.scenario.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Other processes: started here, or elsewhere by somebody else. */
final class FleetCrew implements Crew {
    private static final Duration JOIN = Duration.ofMinutes(5);

    private final Fleet fleet;
    private final int size;
    private final List<String> args;
    private final Targets targets;
    private final List<ChildProcess> children = new ArrayList<>();

    private FleetCrew(Fleet fleet, int size, List<String> args, Targets targets) {
        this.fleet = fleet;
        this.size = size;
        this.args = args;
        this.targets = targets;
    }

    /** Starts so many. */
    static FleetCrew start(int size, List<String> args, Targets targets) {
        return start(size, args, targets, FleetCrew::command);
    }

    /** @param command of a worker that joins at a port */
    static FleetCrew start(int size, List<String> args, Targets targets, IntFunction<List<String>> command) {
        FleetCrew crew = new FleetCrew(Fleet.listen("127.0.0.1", 0, FleetCrew::remark), size, args, targets);
        try {
            for (int i = 0; i < size; i++) crew.children.add(ChildProcess.start(command.apply(crew.fleet.port())));
            return crew;
        } catch (HarnessException e) {
            crew.close();
            throw new ScenarioException(Fault.TOOL, "a load process can't be had: " + e.getMessage(), e);
        }
    }

    /** Waits for so many, at a port. */
    static FleetCrew join(int size, int port, List<String> args, Targets targets) {
        return new FleetCrew(Fleet.listen("0.0.0.0", port, FleetCrew::remark), size, args, targets);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void prepare() throws InterruptedException {
        fleet.awaitWorkers(size, JOIN, this::requireChildren);
        fleet.prepare(args, targets);
    }

    @Override
    public Measured run(Timing timing, Consumer<Second> onSecond) throws InterruptedException {
        return fleet.run(timing, onSecond);
    }

    @Override
    public void close() {
        fleet.close();
        children.forEach(ChildProcess::close);
    }

    private void requireChildren() {
        for (ChildProcess child : children) {
            if (!child.isAlive())
                throw new ScenarioException(
                        Fault.TOOL, "a load process has ended before it began: " + child.lastWords());
        }
    }

    private static void remark(String line) {
        System.err.println(line);
    }

    private static List<String> command(int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "load",
                "worker",
                "--join",
                "127.0.0.1:" + port);
    }
}
