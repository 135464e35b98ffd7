package io.fanwire.node.topic;

import io.fanwire.protocol.v1.Event;

/** What becomes of a subscription that can't read on in the log. */
public sealed interface Recovery {
    /** This is to be told first; then it has something to read again. */
    record Tell(Event event) implements Recovery {}

    /** It has something to read again. */
    record Again() implements Recovery {}

    /** It waits for a page of history, and is in nobody's hands: {@link Subscriber#onReady} tells when it has come. */
    record Later() implements Recovery {}

    /** Its namespace says that it is too slow to be kept. */
    record TooSlow() implements Recovery {}
}
