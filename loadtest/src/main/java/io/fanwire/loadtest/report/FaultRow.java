package io.fanwire.loadtest.report;

import io.fanwire.loadtest.ledger.Account;
import io.fanwire.loadtest.result.Recovery;
import io.fanwire.loadtest.result.RunResult;
import io.fanwire.loadtest.result.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Some runs under the same faults.
 *
 * @param failed how many of them
 * @param slowest how long everybody took at most to catch up, in seconds; infinite if somebody did not
 */
record FaultRow(String name, int runs, long failed, List<Account> accounts, double slowest) {
    static FaultRow of(String name, List<RunResult> runs) {
        List<Account> accounts =
                runs.stream().map(RunResult::account).filter(Objects::nonNull).toList();
        long failed = runs.stream().filter(run -> run.verdict() != Verdict.FINE).count();
        double slowest = runs.stream()
                .flatMap(run -> run.recoveries().stream())
                .mapToDouble(FaultRow::seconds)
                .max()
                .orElse(0);
        return new FaultRow(name, runs.size(), failed, accounts, slowest);
    }

    List<String> cells() {
        return List.of(
                name,
                failed == 0 ? Integer.toString(runs) : runs + ", " + failed + " failed",
                sum(Account::acknowledged),
                sum(Account::delivered),
                sum(Account::duplicatesSeen),
                sum(Account::outOfOrder),
                sum(Account::corrupted),
                sum(Account::gaps),
                sum(Account::gapPositions),
                sum(Account::missingInSilence),
                Double.isInfinite(slowest) ? "never" : String.format(Locale.ROOT, "%.2f s", slowest));
    }

    private String sum(ToLongFunction<Account> value) {
        return Numbers.count(accounts.stream().mapToLong(value).sum());
    }

    private static double seconds(Recovery recovery) {
        Double seconds = recovery.seconds();
        return seconds == null ? Double.POSITIVE_INFINITY : seconds;
    }
}
