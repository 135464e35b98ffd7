package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.result.Mark;
import java.util.List;
import java.util.Map;

/** What is done to the system while it is under load. The methods are called by one thread, in their order. */
public interface Disturbance {
    Disturbance NONE = new Disturbance() {
        @Override
        public void begin(CatchUps catchUps) {}

        @Override
        public List<Mark> end() {
            return List.of();
        }
    };

    /**
     * The measured time begins now: what is to be done at a second of it is done by a thread of its own.
     *
     * @param catchUps hears of the end of each fault
     */
    void begin(CatchUps catchUps);

    /**
     * Waits for the last step, and makes everything whole again.
     *
     * @return what was done, and when; a step that could not be done is among the complaints
     */
    List<Mark> end() throws InterruptedException;

    /** What was done, to be kept with the result, by option. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** The most that figures of the result may be, by their names. If one is higher, or isn't there, the system has failed. */
    default Map<String, Double> bounds() {
        return Map.of();
    }

    /** What a reader has to know of it, known after the end. */
    default List<String> remarks() {
        return List.of();
    }

    /** What the system did wrong that its traffic does not show, known after the end. If there is any, it has failed. */
    default List<String> complaints() {
        return List.of();
    }
}
