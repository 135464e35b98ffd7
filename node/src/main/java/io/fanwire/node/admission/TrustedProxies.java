package io.fanwire.node.admission;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the client behind proxies. Anybody can write anything into a header; what counts is what a trusted proxy has put
 * behind it. So the hops are read from the right, and the first that is no trusted proxy is the client. (Jetty's
 * ForwardedRequestCustomizer takes the leftmost, which the client itself may have written.)
 */
public final class TrustedProxies {
    private final List<Network> networks;

    /** @throws IllegalArgumentException if one is no network; the message names the setting and the network */
    public TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::parse).toList();
    }

    public boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The client of a request with this header.
     *
     * @param peer the other end of the TCP connection
     * @param lines of the header {@code Forwarded} or {@code X-Forwarded-For}, in their order
     * @return the peer, too, where the header is missing, can't be read, or comes from somebody who is not trusted
     */
    public InetAddress client(InetAddress peer, AddressSource source, List<String> lines) {
        if (!trusts(peer)) return peer;
        // At commas in quotes, too: a hop's address has none, and a quote that a client left open must not swallow
        // what the proxy has put behind it.
        List<String> hops = new ArrayList<>(List.of(String.join(",", lines).split(",", -1)));
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0; i--) {
            Optional<InetAddress> hop = hop(source, hops.get(i).strip());
            if (hop.isEmpty()) return peer;
            client = hop.get();
            if (!trusts(client)) return client;
        }
        return client;
    }

    private static Optional<InetAddress> hop(AddressSource source, String element) {
        return source == AddressSource.FORWARDED ? forElement(element).flatMap(TrustedProxies::node) : node(element);
    }

    /** The value of {@code for}, of which there must be one. */
    private static Optional<String> forElement(String element) {
        List<String> values = new ArrayList<>();
        for (String pair : element.split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].toLowerCase(Locale.ROOT).equals("for")) values.add(parts[1]);
        }
        return values.size() == 1 ? unquoted(values.get(0)) : Optional.empty();
    }

    private static Optional<String> unquoted(String value) {
        if (!value.contains("\"")) return Optional.of(value);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? Optional.of(value.substring(1, value.length() - 1)) : Optional.empty();
    }

    /** An address, with or without a port; one of IPv6 stands in brackets then. */
    private static Optional<InetAddress> node(String text) {
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) return IpAddress.parse(text.substring(1, bracket));
        boolean port = text.indexOf(':') == text.lastIndexOf(':') && text.contains(":");
        return IpAddress.parse(port ? text.substring(0, text.indexOf(':')) : text);
    }
}
