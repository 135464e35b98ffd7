package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.wire.ClientSocket;
import java.util.List;

/** A subscriber whose network is gone, as far as the node can see. */
final class HalfOpenClient extends BadClient {
    HalfOpenClient(List<String> topics) {
        super(topics);
    }

    @Override
    void misbehave(ClientSocket mine) {
        mine.setReading(false);
    }
}
