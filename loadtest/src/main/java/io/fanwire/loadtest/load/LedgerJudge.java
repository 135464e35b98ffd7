package io.fanwire.loadtest.load;

import static io.fanwire.loadtest.load.Rate.perSecond;
import static io.fanwire.loadtest.result.Figure.count;
import static io.fanwire.loadtest.result.Figure.millis;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.ledger.LedgerPart;
import io.fanwire.loadtest.ledger.Loss;
import io.fanwire.loadtest.ledger.Reconciliation;
import io.fanwire.loadtest.result.Figure;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.result.Verdict;
import io.fanwire.loadtest.verify.VerifyScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The verdict of those scenarios that account for every message.
 *
 * @param rate publications per second that were asked for
 * @param leastPercent of them that must have been acknowledged: on a cluster that took less, little was tested
 */
record LedgerJudge(int rate, int leastPercent) {
    Judgement judge(Measured measured, Duration elapsed) {
        LedgerPart ledger = measured.ledger();
        if (ledger == null) throw new IllegalStateException("a run without a ledger");
        Reconciliation reconciled = ledger.reconcile();
        Account account = reconciled.account();
        double reached = perSecond(measured.sum(Second::published), elapsed);
        boolean isFine = account.isKept() && account.delivered() > 0 && reached * 100 >= (double) rate * leastPercent;
        return new Judgement(
                isFine ? Verdict.FINE : Verdict.FAILED,
                remarks(measured, elapsed, reconciled),
                figures(measured, elapsed, reconciled),
                account);
    }

    private List<String> remarks(Measured measured, Duration elapsed, Reconciliation reconciled) {
        List<String> remarks = new ArrayList<>(failures(reconciled.account()));
        reconciled.losses().stream().map(Loss::toString).forEach(remarks::add);
        reconciled.account().toldByReason().forEach((reason, count) -> remarks.add(told(reason, count)));
        double reached = perSecond(measured.sum(Second::published), elapsed);
        // Rounded down: what is said to be reached was.
        if (!Rate.isReached(rate, reached)) remarks.add(said("asked %,d/s, reached %,d/s", rate, (long) reached));
        measured.counts().forEach((name, count) -> {
            if (name.startsWith(VerifyScenario.PUBLISH_FAILED)) remarks.add(said("%s: %,d", name, count));
        });
        return remarks;
    }

    private static List<String> failures(Account account) {
        List<String> failures = new ArrayList<>();
        if (account.delivered() == 0) failures.add("nothing was delivered");
        addFailure(failures, account.missingInSilence(), "deliveries are missing in silence: no node told of them");
        addFailure(failures, account.duplicatesSeen(), "deliveries came again to a subscriber");
        addFailure(failures, account.outOfOrder(), "deliveries came after a later one");
        addFailure(failures, account.corrupted(), "deliveries were not what was published");
        return failures;
    }

    private static List<Figure> figures(Measured measured, Duration elapsed, Reconciliation reconciled) {
        List<Figure> figures = new ArrayList<>(traffic(measured, elapsed));
        Account account = reconciled.account();
        figures.add(count("acknowledged publications", account.acknowledged()));
        figures.add(count("publications without acknowledgement", account.unacknowledged()));
        figures.add(count("expected deliveries", account.expected()));
        figures.add(count("delivered", account.delivered()));
        figures.add(count("delivered without acknowledgement", reconciled.deliveredUnacknowledged()));
        figures.add(count("duplicated before the client's de-duplication", account.duplicatesOnTheWire()));
        figures.add(count("duplicated after it", account.duplicatesSeen()));
        figures.add(count("out of order", account.outOfOrder()));
        figures.add(count("corrupted", account.corrupted()));
        figures.add(count("gaps told", account.gaps()));
        figures.add(count("positions in them", account.gapPositions()));
        figures.add(count("missing with a gap event", account.missingTold()));
        figures.add(count("missing in silence", account.missingInSilence()));
        figures.add(count("of them noticed by the client library", account.unexplained()));
        figures.addAll(ConnectionFigures.of(measured));
        return figures;
    }

    private static List<Figure> traffic(Measured measured, Duration elapsed) {
        Histogram latency = measured.delivery();
        return List.of(
                new Figure("publications", perSecond(measured.sum(Second::published), elapsed), "/s"),
                new Figure("deliveries", perSecond(measured.sum(Second::delivered), elapsed), "/s"),
                millis("delivery latency p50", latency, 50),
                millis("delivery latency p99", latency, 99),
                millis("delivery latency max", latency, 100),
                count("connections lost", measured.sum(Second::ended)));
    }

    private static void addFailure(List<String> failures, long count, String what) {
        if (count > 0) failures.add(said("%,d %s", count, what));
    }

    private static String told(String reason, long count) {
        return said("%,d deliveries are missing with a gap event: %s", count, reason);
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
