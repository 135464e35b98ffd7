package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.result.Mark;
import io.fanwire.loadtest.scenario.CatchUps;
import io.fanwire.loadtest.scenario.Disturbance;
import io.fanwire.loadtest.scenario.ScenarioException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan. One thread does the steps, each at its own time however long those before it took, and what lasts
 * a while for as long as the plan says; after the first that fails no other is done, and the system has failed. {@link #close} may be called by any thread.
 */
public final class Faults implements Disturbance, AutoCloseable {
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STEP = Duration.ofSeconds(120);

    private final Plan plan;
    private final Damage damage;
    private final BadClients clients;
    private final Attacks attacks;
    private final Consumer<String> tell;
    private final Supplier<Pace> paces;
    private final Thread thread = new Thread(this::run, "fanwire-faults");
    /** Of the first step of each line of the plan; only for the thread. */
    private final Map<Integer, Duration> delays = new HashMap<>();

    private final Journal journal = new Journal();
    private volatile @Nullable Pace pace;
    private volatile CatchUps catchUps = CatchUps.NONE;

    /** @param tell gets a line for each step, on the thread that does it */
    public Faults(Plan plan, Cluster cluster, Consumer<String> tell) {
        this(plan, cluster, tell, Pace::fromNow);
    }

    Faults(Plan plan, Cluster cluster, Consumer<String> tell, Supplier<Pace> paces) {
        this.plan = plan;
        this.damage = new Damage(cluster, plan.setup());
        this.clients = new BadClients(cluster.urls(), plan.traffic().topics());
        this.attacks = new Attacks(cluster.urls());
        this.tell = tell;
        this.paces = paces;
        thread.setDaemon(true);
    }

    @Override
    public void begin(CatchUps watch) {
        catchUps = watch;
        pace = paces.get();
        thread.start();
    }

    @Override
    public List<Mark> end() throws InterruptedException {
        if (hasEnded()) conclude();
        // Of what such a step holds nothing is known, and nothing can be made whole before close() ends it.
        else journal.complain(List.of(plan.file() + ": the last step has not come to an end"));
        return journal.marks();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("--plan", plan.file().toString());
    }

    @Override
    public Map<String, Double> bounds() {
        return plan.expect().entrySet().stream()
                .collect(Collectors.toMap(each -> each.getKey().figure(), Map.Entry::getValue));
    }

    @Override
    public List<String> remarks() {
        return journal.remarks();
    }

    @Override
    public List<String> complaints() {
        return journal.complaints();
    }

    /** Does no further step, and makes everything whole again. May be called again. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LONGEST_STEP.toMillis());
            damage.repair(this::mark);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.close();
            attacks.close();
        }
    }

    private boolean hasEnded() throws InterruptedException {
        Duration left = plan.length().minus(pace().elapsed()).plus(LONGEST_STEP);
        thread.join(Math.max(1, left.toMillis()));
        return !thread.isAlive();
    }

    /** Each by itself: what can't be told must not keep the rest from being told. */
    private void conclude() throws InterruptedException {
        journal.remark(attacks.end());
        try {
            journal.remark(damage.remarks());
            journal.complain(damage.complaints());
        } catch (RuntimeException e) {
            journal.complain(List.of("it isn't known what runs: " + e.getMessage()));
        }
        try {
            damage.repair(this::mark);
        } catch (RuntimeException e) {
            journal.complain(List.of("not everything is whole again: " + e.getMessage()));
        }
        try {
            BadClients.Fate fate = clients.end();
            journal.remark(fate.remarks());
            journal.complain(fate.complaints());
        } catch (ScenarioException e) {
            journal.complain(List.of(String.valueOf(e.getMessage())));
        }
    }

    private void run() {
        try {
            for (Step step : plan.steps()) {
                Duration due = due(step);
                pace().await(due);
                carryOut(step, due);
            }
        } catch (InterruptedException e) {
            // Closed: the rest is not wanted any more.
        } catch (ScenarioException e) {
            String complaint = String.valueOf(e.getMessage());
            journal.complain(List.of(complaint));
            if (!Thread.currentThread().isInterrupted()) tell.accept(complaint);
        }
    }

    /** What lasts a while does so also if it began late: a pause of no time would test nothing. */
    private Duration due(Step step) {
        Duration delay = delays.getOrDefault(step.line(), Duration.ZERO);
        return step.at().plus(delay);
    }

    private void carryOut(Step step, Duration due) throws InterruptedException {
        mark(step.deed());
        Duration late = pace().elapsed().minus(due);
        delays.putIfAbsent(step.line(), late);
        if (late.compareTo(LATE) > 0) journal.remark(List.of(step + " began " + Step.text(late) + " late"));
        try {
            if (step.deed() instanceof Deed.Fault fault) damage.inflict(fault);
            if (step.deed() instanceof Deed.Roll roll) roll(roll);
            if (step.deed() instanceof Deed.Incident incident) happen(step, incident);
            if (step.deed() instanceof Deed.Crowd crowd) clients.join(step, crowd);
            if (step.deed() instanceof Deed.Attack attack) attacks.begin(step, attack);
            if (step.deed().endsFault()) catchUps.watch(seconds(), step.deed().toString());
        } catch (RuntimeException e) {
            throw new ScenarioException(plan.told(step, String.valueOf(e.getMessage())), e);
        }
    }

    private void roll(Deed.Roll roll) throws InterruptedException {
        int count = plan.setup().atStart();
        for (int i = 1; i <= count; i++) {
            inflict(new Deed.Fault(Verb.START, Part.node(count + i)));
            pace().await(pace().elapsed().plus(roll.minReady()));
            inflict(new Deed.Fault(Verb.DRAIN, Part.node(i)));
        }
    }

    private void inflict(Deed.Fault fault) {
        mark(fault);
        Duration late = pace().elapsed().minus(plan.length());
        if (late.compareTo(Duration.ZERO) > 0)
            journal.remark(List.of(fault + " came " + Step.text(late) + " after the measured time"));
        damage.inflict(fault);
    }

    private void happen(Step step, Deed.Incident incident) {
        String outcome = damage.inflict(incident);
        if (outcome.isEmpty()) return;
        journal.remark(List.of(step + ": " + outcome));
        tell.accept(outcome);
    }

    private void mark(Deed deed) {
        Mark mark = new Mark(seconds(), deed.toString());
        journal.mark(mark);
        tell.accept(String.format(Locale.ROOT, "%.1f s: %s", mark.at(), mark.label()));
    }

    private double seconds() {
        return pace().elapsed().toMillis() / 1e3;
    }

    private Pace pace() {
        Pace current = pace;
        if (current == null) throw new IllegalStateException("not begun");
        return current;
    }
}
