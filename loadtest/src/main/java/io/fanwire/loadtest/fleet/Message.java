package io.fanwire.loadtest.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanwire.loadtest.result.Measured;
import io.fanwire.loadtest.result.Second;
import io.fanwire.loadtest.scenario.Fault;
import io.fanwire.loadtest.scenario.Share;
import io.fanwire.loadtest.scenario.Targets;
import java.util.List;

/** What load processes say to each other: JSON, a line each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "say")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = Message.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = Message.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = Message.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = Message.Task.class, name = "task"),
    @JsonSubTypes.Type(value = Message.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Message.Go.class, name = "go"),
    @JsonSubTypes.Type(value = Message.Tick.class, name = "tick"),
    @JsonSubTypes.Type(value = Message.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Message.Failed.class, name = "failed")
})
sealed interface Message {
    /** Of these messages; changes with any of them, or with what they carry. */
    int VERSION = 2;

    /** Worker to coordinator, before anything else. What later versions add to it is none of this one's business. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Hello(int version) implements Message {}

    /** Either to the other, every second: nothing but that it lives. */
    record Alive() implements Message {}

    /** Coordinator to worker: what time is it? */
    record Ping() implements Message {}

    /** Worker to coordinator: so late. */
    record Pong(long wallNanos) implements Message {}

    /**
     * Coordinator to worker: what to do.
     *
     * @param args the scenario and its options, as on a command line
     */
    record Task(List<String> args, Targets targets, Share share) implements Message {}

    /** Worker to coordinator: all is connected. */
    record Ready() implements Message {}

    /** Coordinator to worker: all workers are ready. */
    record Go(Timing timing) implements Message {}

    /** Worker to coordinator: one second of the measured time. */
    record Tick(Second second) implements Message {}

    /** Worker to coordinator: the end. */
    record Done(Measured measured) implements Message {}

    /** Either to the other: it can't go on. */
    record Failed(String why, Fault fault) implements Message {}
}
