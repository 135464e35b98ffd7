package io.fanwire.loadtest.load;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Verdict;
import io.fanwire.loadtest.scenario.Disturbance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario makes of what was measured.
 *
 * @param hard a failure that is the system's, however slow the tool was: a loss, a refusal, a connection that ended
 * @param remarks the reasons of the verdict, and what else a reader has to know; one line each
 * @param figures the final table
 * @param account only of scenarios that account for every message
 */
record Judgement(
        Verdict verdict,
        boolean hard,
        List<String> remarks,
        List<Figure> figures,
        @Nullable Account account) {
    // Of a core: what is left is too little to be sure that the thread was never late.
    private static final double TOO_BUSY = 0.9;

    // Of publications that left late for no other reason than this tool.
    private static final long TOO_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    // What the operating system says when this tool has used up what it may have.
    private static final Pattern USED_UP =
            Pattern.compile(".*(Too many open files|Cannot assign requested address|Address already in use).*");

    /** A failure of it is hard. */
    Judgement(Verdict verdict, List<String> remarks, List<Figure> figures, @Nullable Account account) {
        this(verdict, verdict == Verdict.FAILED, remarks, figures, account);
    }

    Judgement {
        remarks = List.copyOf(remarks);
        figures = List.copyOf(figures);
    }

    Judgement with(List<Figure> more) {
        return new Judgement(
                verdict,
                hard,
                remarks,
                Stream.concat(figures.stream(), more.stream()).toList(),
                account);
    }

    /** A tool without time, files or ports left measures itself. What it lost or saw refused is the system's all the same. */
    Judgement unlessTheToolWasTooSlow(Measured measured) {
        List<String> why = bottlenecks(measured);
        if (why.isEmpty()) return this;
        return new Judgement(
                hard ? verdict : Verdict.BOTTLENECK,
                hard,
                Stream.concat(remarks.stream(), why.stream()).toList(),
                figures,
                account);
    }

    private static List<String> bottlenecks(Measured measured) {
        List<String> why = new ArrayList<>();
        if (measured.busiestThread() >= TOO_BUSY)
            why.add(said(
                    "a thread of it, or a process, took %.0f%% of the CPU it may have",
                    measured.busiestThread() * 100));
        long late = measured.latency("tool late").getValueAtPercentile(99);
        if (late >= TOO_LATE_NANOS) why.add(said("one in 100 publications left %.0f ms late", late / 1e6));
        measured.failures().keySet().stream()
                .filter(cause -> USED_UP.matcher(cause).matches())
                .forEach(cause -> why.add("it ran out of files or ports: " + cause));
        return why.stream()
                .map(each -> "the load tool may be the bottleneck: " + each
                        + "; use --loops, --processes, --from or more machines")
                .toList();
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The same with what became of a disturbance. */
    Judgement after(Disturbance disturbance) {
        List<String> complaints = new ArrayList<>(disturbance.complaints());
        new TreeMap<>(disturbance.bounds())
                .forEach((name, most) -> beyond(name, most).ifPresent(complaints::add));
        List<String> all = new ArrayList<>(remarks);
        all.addAll(complaints);
        all.addAll(disturbance.remarks());
        if (complaints.isEmpty()) return new Judgement(verdict, hard, all, figures, account);
        return new Judgement(Verdict.FAILED, true, all, figures, account);
    }

    private Optional<String> beyond(String name, double most) {
        Optional<Figure> found =
                figures.stream().filter(each -> each.name().equals(name)).findFirst();
        if (found.isEmpty()) return Optional.of("it isn't known whether \"" + name + "\" was as expected");
        Figure figure = found.get();
        if (figure.value() <= most) return Optional.empty();
        return Optional.of(said("%s: %.2f%s, expected at most %.2f%3$s", name, figure.value(), figure.unit(), most));
    }
}
