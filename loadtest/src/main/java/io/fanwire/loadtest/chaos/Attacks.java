package io.fanwire.loadtest.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Those that a plan has begun. For one thread at a time. */
final class Attacks implements AutoCloseable {
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    private final List<URI> urls;
    private final List<Step> steps = new ArrayList<>();
    private final List<Attack> attacks = new ArrayList<>();

    Attacks(List<URI> urls) {
        this.urls = List.copyOf(urls);
    }

    /** Spread over the URLs; does not wait for anything. */
    void begin(Step step, Deed.Attack deed) {
        Attack attack = new Attack(urls, deed);
        steps.add(step);
        attacks.add(attack);
        attack.begin();
    }

    /** Ends them, if they are not over, and says what became of each. */
    List<String> end() throws InterruptedException {
        close();
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < attacks.size(); i++) {
            Attack attack = attacks.get(i);
            String hangs = attack.awaitEnd(LAST_TURN) ? "" : "; it has not come to an end";
            remarks.add(steps.get(i) + ": " + attack.book().outcome() + hangs);
        }
        return remarks;
    }

    @Override
    public void close() {
        attacks.forEach(Attack::close);
    }
}
