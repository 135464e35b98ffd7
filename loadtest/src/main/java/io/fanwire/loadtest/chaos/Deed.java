package io.fanwire.loadtest.chaos;

import java.time.Duration;
import java.util.List;

/** What a step does; its text is the label that reports show. */
sealed interface Deed {
    /** Whether from here on everything should become well again: subscribers can catch up. */
    boolean endsFault();

    /** Something happens to a node or to Redis. */
    record Fault(Verb verb, Part part) implements Deed {
        /** A part that is gone is one for good, whoever is frozen or cut off is one until it is back; Redis has no deputy. */
        @Override
        public boolean endsFault() {
            return switch (verb) {
                case KILL, DRAIN -> part.isNode();
                case START -> !part.isNode();
                case RESTORE, RESUME, RECONNECT -> true;
                case PAUSE, DISCONNECT -> false;
            };
        }

        @Override
        public String toString() {
            return verb == Verb.RESTORE ? Verb.START + " " + part + " with its data" : verb + " " + part;
        }
    }

    /**
     * Nodes are replaced as by a Deployment with {@code maxSurge: 1} and {@code maxUnavailable: 0}: for each that was
     * there at the start another one starts, and when that has been ready for a while the old one is told to end, and the
     * next starts at once. Nobody waits for the end of an old one.
     *
     * @param minReady how long a new one has to be ready: {@code minReadySeconds}
     */
    record Roll(Duration minReady) implements Deed {
        @Override
        public boolean endsFault() {
            return true;
        }

        @Override
        public String toString() {
            return "roll nodes";
        }
    }

    /** Something happens to Redis that leaves it running. */
    sealed interface Incident extends Deed {
        /**
         * Makes it happen.
         *
         * @return what came of it, in words; empty if there is nothing to say
         */
        String happen(Cluster cluster);
    }

    /** Redis closes its connections of a type. */
    record KillConnections(ConnectionType type) implements Incident {
        @Override
        public String happen(Cluster cluster) {
            return "Redis has closed " + new RedisConnections(cluster).kill(type);
        }

        @Override
        public boolean endsFault() {
            return true;
        }

        @Override
        public String toString() {
            return "kill " + type + " connections";
        }
    }

    /** Redis has more to send on connections of a type than it may keep, and closes them. */
    record Overflow(ConnectionType type) implements Incident {
        @Override
        public String happen(Cluster cluster) {
            return "Redis has closed " + new RedisConnections(cluster).overflow(type) + " for their output buffer";
        }

        @Override
        public boolean endsFault() {
            return true;
        }

        @Override
        public String toString() {
            return "overflow " + type + " connections";
        }
    }

    /** Redis' replica gets nothing more. */
    record DetachReplica() implements Incident {
        @Override
        public String happen(Cluster cluster) {
            cluster.detachReplica();
            return "";
        }

        @Override
        public boolean endsFault() {
            return false;
        }

        @Override
        public String toString() {
            return "detach replica";
        }
    }

    /** Redis dies, and its replica takes its place. */
    record PromoteReplica() implements Incident {
        @Override
        public String happen(Cluster cluster) {
            cluster.promoteReplica();
            return "";
        }

        @Override
        public boolean endsFault() {
            return true;
        }

        @Override
        public String toString() {
            return "promote replica";
        }
    }

    /** More subscribers come, and behave badly. */
    sealed interface Crowd extends Deed {
        int count();

        BadClient client(List<String> topics);

        @Override
        default boolean endsFault() {
            return false;
        }
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

    /** Each reads nothing at all, says that it is alive, and comes again when it is thrown out, for so long. */
    record NeverReaders(int count, Duration time) implements Crowd {
        @Override
        public BadClient client(List<String> topics) {
            return new NeverReader(topics, time);
        }

        @Override
        public String toString() {
            return count + " never-reading subscribers for " + Step.text(time);
        }
    }

    /**
     * Connections come that want nothing but harm.
     *
     * @param time after which all of them are gone
     */
    record Attack(Manner manner, int count, Duration time) implements Deed {
        @Override
        public boolean endsFault() {
            return false;
        }

        @Override
        public String toString() {
            return count + " " + manner + " within " + Step.text(time);
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
