package io.fanwire.client;

import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which node to try: each in turn, from a random one on, so that the clients of a lost node spread over the others.
 * Owned by the loop.
 */
final class NodeRotation {
    private final List<URI> urls;
    private int index;

    NodeRotation(List<URI> urls, RandomGenerator random) {
        this.urls = urls;
        this.index = random.nextInt(urls.size());
    }

    URI next() {
        URI url = urls.get(index);
        index = (index + 1) % urls.size();
        return url;
    }
}
