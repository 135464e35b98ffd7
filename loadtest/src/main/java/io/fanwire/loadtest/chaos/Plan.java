package io.fanwire.loadtest.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What happens to a cluster, and when.
 *
 * @param file where it was read from
 * @param setup of the nodes
 * @param redis how Redis has to be set up
 * @param length of the measured time
 * @param expect the most that some of the result's figures may be
 * @param steps in the order of their times; what lasts a while is two of them
 */
public record Plan(
        Path file,
        NodeSetup setup,
        RedisSetup redis,
        Duration length,
        Traffic traffic,
        Map<Bound, Double> expect,
        List<Step> steps) {
    static final int MAX_NODES = 20;

    public Plan {
        expect = Map.copyOf(expect);
        steps = List.copyOf(steps);
    }

    /** @throws PlanException if it can't be read, or makes no sense: with its file, the line, and what is allowed */
    public static Plan read(Path file) {
        Plan plan = new PlanReader(file).read();
        Rehearsal.of(plan);
        return plan;
    }

    /** How many the cluster has, at least. */
    public int nodes() {
        return setup.count();
    }

    /** @throws PlanException if a step is beyond that driver's means */
    public void check(Driver driver) {
        if (driver == Driver.DOCKER && !redis.equals(RedisSetup.PLAIN))
            throw new PlanException(file + ": redis: the docker driver takes Redis as it is, only process sets it up");
        if (driver == Driver.DOCKER && !setup.isPlain())
            throw new PlanException(
                    file + ": start-with, settings, grace-period, service: the docker driver takes nodes as they are");
        for (Step step : steps) {
            if (!driver.can(step.deed()))
                throw wrong(step, "the " + driver + " driver can't, only " + driver.other() + " can");
        }
    }

    /** What it has to be carried out on. */
    public Layout layout() {
        return new Layout(setup, redis, steps.stream().anyMatch(Plan::isOfClients));
    }

    static boolean isOfClients(Step step) {
        return step.deed() instanceof Deed.Fault fault && fault.part().equals(Part.CLIENTS);
    }

    PlanException wrong(Step step, String complaint) {
        return new PlanException(told(step, complaint));
    }

    /** In a line that says where the step stands. */
    String told(Step step, String complaint) {
        return file + ":" + step.line() + ": " + step + ": " + complaint;
    }
}
