package io.fanwire.node.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses as they are written, and never asks a name server: what is read may come from anybody. */
public final class IpAddress {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private static final int NETWORK_BYTES = 8;

    private IpAddress() {}

    /** @return empty if it is no address */
    static Optional<InetAddress> parse(String text) {
        if (V4.matcher(text).matches()) return v4(text);
        return V6.matcher(text).matches() ? v6(text) : Optional.empty();
    }

    /**
     * Under which name connections of an address are counted: its own, or the network of 64 bits that it is in, of which
     * everybody with IPv6 has a whole one.
     */
    public static String counted(InetAddress address) {
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), NETWORK_BYTES), 2 * NETWORK_BYTES);
        return of(network).orElseThrow().getHostAddress();
    }

    /** Strict: octets beyond 255 would be taken for a host's name. */
    private static Optional<InetAddress> v4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < bytes.length; i++) {
            int octet = Integer.parseInt(parts[i]);
            if (octet > 255) return Optional.empty();
            bytes[i] = (byte) octet;
        }
        return of(bytes);
    }

    private static Optional<InetAddress> of(byte[] bytes) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    // With a colon in it, the JDK takes it for an address or refuses it, but never looks it up.
    private static Optional<InetAddress> v6(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
