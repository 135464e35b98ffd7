package io.fanwire.loadtest.verify;

import io.fanwire.protocol.Limits;
import io.fanwire.protocol.Topic;
import java.time.Duration;

/**
 * What is asked of a run, of all its processes together.
 *
 * @param prefix what the topics' names start with
 * @param subscribers each is a client with one topic
 * @param publishers each is a client that publishes to every topic
 * @param rate publications per second
 * @param payloadBytes of each publication
 * @param settle how long subscribers may take at the end to get what is under way
 */
public record VerifyPlan(
        String prefix, int topics, int subscribers, int publishers, int rate, int payloadBytes, Duration settle) {
    private static final int MAX = 1_000_000;

    /** @throws IllegalArgumentException with a message that names the option */
    public VerifyPlan {
        check("--topics", topics, 1, MAX);
        check("--subscribers", subscribers, 1, MAX);
        if (topics > subscribers) {
            throw new IllegalArgumentException("--topics must not be more than --subscribers, of whom each has one: "
                    + topics + " and " + subscribers);
        }
        check("--publishers", publishers, 1, 1_000);
        check("--rate", rate, 1, MAX);
        check("--payload", payloadBytes, Payload.HEADER_BYTES, Limits.MAX_PAYLOAD_BYTES);
        new Topic(prefix + ":1");
    }

    String topic(int number) {
        return prefix + ":" + (number + 1);
    }

    private static void check(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " must be between " + min + " and " + max + ": " + value);
        }
    }
}
