package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of the clients that came with one step. All of it belongs to their loop. */
final class CrowdBook {
    // How much later than promised a node may close: it looks at its sessions now and then.
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final Step step;
    private final List<BadClient> clients;

    CrowdBook(Step step, List<BadClient> clients) {
        this.step = step;
        this.clients = List.copyOf(clients);
    }

    void behave() {
        clients.forEach(BadClient::behave);
    }

    /** Whether the story of each has come to its end; one that is still connecting has not. */
    boolean isGone() {
        return clients.stream().allMatch(each -> each.ended() != null);
    }

    /** What became of them, in a line, and what can't be said of them. */
    List<String> remarks() {
        long untested = step.deed() instanceof Deed.HalfOpen ? count(CrowdBook::mayStillBeClosed) : 0;
        return untested == 0 ? List.of(fate()) : List.of(fate(), untested(untested));
    }

    private String untested(long count) {
        Duration longest = clients.stream()
                .filter(CrowdBook::mayStillBeClosed)
                .map(CrowdBook::bound)
                .max(Duration::compareTo)
                .orElseThrow();
        return step + ": not tested whether " + count + " of them get closed: the plan ends before the "
                + longest.toSeconds() + " s that a node may take for it";
    }

    private String fate() {
        return String.format(
                Locale.ROOT,
                "%s: %d closed%s, %d still connected%s%s; they got %,d publications and were told that they missed %,d",
                step,
                count(each -> each.hasJoined() && each.ended() != null),
                causes(BadClient::hasJoined),
                count(each -> each.hasJoined() && each.isOpen()),
                strangers(),
                thrownOut(),
                clients.stream().mapToLong(BadClient::received).sum(),
                clients.stream().mapToLong(BadClient::missed).sum());
    }

    /** What a node did wrong with them. */
    Stream<String> complaints() {
        long forgotten = step.deed() instanceof Deed.HalfOpen ? count(CrowdBook::isForgotten) : 0;
        if (forgotten == 0) return Stream.of();
        BadClient one =
                clients.stream().filter(CrowdBook::isForgotten).findFirst().orElseThrow();
        return Stream.of(step + ": " + forgotten + " still connected after "
                + one.bad().toSeconds() + " s, though nodes say that they stand a silence of "
                + one.patience().toSeconds() + " s");
    }

    private static boolean isForgotten(BadClient client) {
        return client.hasJoined() && client.isOpen() && client.bad().compareTo(bound(client)) > 0;
    }

    private static boolean mayStillBeClosed(BadClient client) {
        return client.hasJoined() && client.isOpen() && client.bad().compareTo(bound(client)) <= 0;
    }

    private static Duration bound(BadClient client) {
        return client.patience().plus(TOLERANCE);
    }

    private String strangers() {
        long strangers = count(each -> !each.hasJoined());
        return strangers == 0 ? "" : ", " + strangers + " never got in" + causes(each -> !each.hasJoined());
    }

    private String thrownOut() {
        Map<String, Integer> causes = new TreeMap<>();
        clients.forEach(each -> each.thrownOut().forEach((why, count) -> causes.merge(why, count, Integer::sum)));
        if (causes.isEmpty()) return "";
        int times = causes.values().stream().mapToInt(count -> count).sum();
        return ", thrown out and back " + times + " times"
                + causes.entrySet().stream()
                        .map(each -> each.getKey() + " × " + each.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private String causes(Predicate<BadClient> which) {
        Map<String, Long> causes = clients.stream()
                .filter(which)
                .map(each -> String.valueOf(each.ended()))
                .filter(why -> !why.equals("null"))
                .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting()));
        return causes.isEmpty()
                ? ""
                : causes.entrySet().stream()
                        .map(each -> each.getKey() + " × " + each.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private long count(Predicate<BadClient> which) {
        return clients.stream().filter(which).count();
    }
}
