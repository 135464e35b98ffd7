package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Goes through a plan without a cluster, to find the step that would not work. */
final class Rehearsal {
    private record State(Condition condition, Duration since) {}

    private final Plan plan;
    private final Map<Part, State> states = new HashMap<>();

    private Rehearsal(Plan plan) {
        this.plan = plan;
    }

    /** @throws PlanException that names the step */
    static void of(Plan plan) {
        Rehearsal rehearsal = new Rehearsal(plan);
        plan.steps().forEach(rehearsal::go);
    }

    private void go(Step step) {
        if (step.at().compareTo(plan.length()) >= 0)
            throw plan.wrong(step, "the plan ends at " + Step.text(plan.length()));
        if (step.deed() instanceof Deed.Fault fault) go(step, fault);
        if (step.deed() instanceof Deed.Roll) roll(step);
        if (step.deed() instanceof Deed.Attack attack) lasts(step, attack.time());
        if (step.deed() instanceof Deed.NeverReaders crowd) lasts(step, crowd.time());
        if (step.deed() instanceof Deed.Incident incident) go(step, incident);
    }

    private void roll(Step step) {
        int count = plan.setup().atStart();
        if (plan.setup().service() == null)
            throw plan.wrong(step, "there is no service: clients would not find new nodes");
        if (plan.nodes() < 2 * count)
            throw plan.wrong(step, "as many nodes have to come as there were at the start, so nodes: " + 2 * count);
        for (int i = 1; i <= count; i++) {
            go(step, new Deed.Fault(Verb.START, Part.node(count + i)));
            go(step, new Deed.Fault(Verb.DRAIN, Part.node(i)));
        }
    }

    private void lasts(Step step, Duration time) {
        if (step.at().plus(time).compareTo(plan.length()) > 0)
            throw plan.wrong(step, "the plan ends before, at " + Step.text(plan.length()));
    }

    private void go(Step step, Deed.Incident incident) {
        State redis = state(Part.REDIS);
        if (redis.condition() != Condition.RUNNING)
            throw plan.wrong(step, Part.REDIS + " is " + redis.condition() + since(redis) + " then");
        boolean needsReplica = incident instanceof Deed.DetachReplica || incident instanceof Deed.PromoteReplica;
        if (needsReplica && !plan.redis().hasReplica())
            throw plan.wrong(step, "there is none unless the plan says redis: {replica: true}");
    }

    private void go(Step step, Deed.Fault fault) {
        Part part = fault.part();
        if (part.equals(Part.CLIENTS) && plan.setup().service() != null)
            throw plan.wrong(step, "clients can't be cut off from a service");
        if (part.isNode() && (part.number() < 1 || part.number() > plan.nodes()))
            throw plan.wrong(step, "nodes are numbered from 1 to " + plan.nodes());
        if (fault.verb() == Verb.RESTORE && !plan.redis().keepsData())
            throw plan.wrong(step, "Redis keeps none unless the plan says redis: {persistence: everysec}");
        State state = state(part);
        if (state.condition() != fault.verb().from())
            throw plan.wrong(step, part + " is " + state.condition() + since(state) + " then");
        states.put(part, new State(fault.verb().to(), step.at()));
    }

    private State state(Part part) {
        return states.getOrDefault(part, new State(atFirst(part), Duration.ZERO));
    }

    private Condition atFirst(Part part) {
        return part.isNode() && !plan.setup().isAtStart(part) ? Condition.DOWN : Condition.RUNNING;
    }

    private static String since(State state) {
        return state.since().isZero() ? "" : " since " + Step.text(state.since());
    }
}
