package io.fanwire.loadtest.chaos;

import java.util.List;

/** What a step does; its text is the label that reports show. */
sealed interface Deed {
    /** Something happens to a node or to Redis. */
    record Fault(Verb verb, Part part) implements Deed {
        @Override
        public String toString() {
            return verb + " " + part;
        }
    }

    /** More subscribers come, and behave badly. */
    sealed interface Crowd extends Deed {
        int count();

        BadClient client(List<String> topics);
    }

    /** Each reads no more than that. */
    record SlowSubscribers(int count, int bytesPerSecond) implements Crowd {
        @Override
        public BadClient client(List<String> topics) {
            return new SlowSubscriber(topics, bytesPerSecond);
        }

        @Override
        public String toString() {
            return count + " slow subscribers";
        }
    }

    /** They neither read nor say anything, as if their network were gone. */
    record HalfOpen(int count) implements Crowd {
        @Override
        public BadClient client(List<String> topics) {
            return new HalfOpenClient(topics);
        }

        @Override
        public String toString() {
            return count + " half-open clients";
        }
    }
}
