package io.fanwire.loadtest.scenario;

import io.fanwire.loadtest.wire.Handshake;
import io.fanwire.protocol.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How clients get in: to which address, from which address, with which request. Immutable. */
final class Door {
    // Of some 28,000 ports that an address has to one target.
    private static final int PER_ADDRESS = 10_000;
    private static final int DEFAULT_PORT = 80;

    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<Handshake> handshakes = new ArrayList<>();
    private final List<InetAddress> from = new ArrayList<>();
    private final boolean loopback;

    /** @throws ScenarioException if a host is unknown */
    Door(Targets targets) {
        for (URI url : targets.urls()) {
            int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
            addresses.add(new InetSocketAddress(resolve(url.getHost(), url.toString()), port));
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            handshakes.add(new Handshake(url.getHost() + ":" + port, path, Limits.SUBPROTOCOL_PROTOBUF));
        }
        for (String each : targets.from()) from.add(resolve(each, "--from " + each));
        loopback = addresses.stream().allMatch(address -> address.getAddress().isLoopbackAddress());
    }

    /** @param door counted on from the client's own, so that clients are spread and move on */
    InetSocketAddress address(int door) {
        return addresses.get(Math.floorMod(door, addresses.size()));
    }

    Handshake handshake(int door) {
        return handshakes.get(Math.floorMod(door, addresses.size()));
    }

    /** How many there are. */
    int count() {
        return addresses.size();
    }

    /** Where a client connects from, by its number; null for the system's choice. */
    @Nullable
    InetSocketAddress from(int client) {
        if (!from.isEmpty()) return new InetSocketAddress(from.get(client % from.size()), 0);
        if (!loopback || client < PER_ADDRESS) return null;
        return new InetSocketAddress("127.0.0." + (2 + client / PER_ADDRESS), 0);
    }

    private static InetAddress resolve(String host, String what) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ScenarioException(what + ": the host is unknown", e);
        }
    }
}
