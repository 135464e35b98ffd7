package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
    private final Stop stop = new Stop();
    private final List<String> heard = new ArrayList<>();

    @Test
    void theFirstAsksAndTheSecondHurries() {
        listen();
        assertThat(stop.isAsked()).isFalse();
        stop.ask();
        assertThat(stop.isAsked()).isTrue();
        assertThat(heard).containsExactly("asked");
        stop.ask();
        stop.ask();
        assertThat(heard).containsExactly("asked", "urgent");
    }

    @Test
    void whoHurriesAsksToo() {
        listen();
        stop.hurry();
        assertThat(heard).containsExactly("asked", "urgent");
        stop.await();
    }

    @Test
    void whatWasAskedBeforeAnybodyListenedIsHeard() {
        stop.ask();
        stop.ask();
        listen();
        assertThat(heard).containsExactly("asked", "urgent");
    }

    private void listen() {
        stop.onAsked(() -> heard.add("asked"));
        stop.onUrgent(() -> heard.add("urgent"));
    }
}
