package io.fanwire.node.admission;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A network such as {@code 10.0.0.0/8}, or one address.
 *
 * @param bits of the address that count
 */
record Network(InetAddress address, int bits) {
    /** @throws IllegalArgumentException if it is neither; the message names the setting */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) throw wrong(text);
        int most = address.get().getAddress().length * 8;
        int bits = slash < 0 ? most : bits(text, text.substring(slash + 1));
        if (bits > most) throw wrong(text);
        return new Network(address.get(), bits);
    }

    boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] theirs = other.getAddress();
        if (own.length != theirs.length) return false;
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) if (own[i] != theirs[i]) return false;
        int rest = bits % 8;
        return rest == 0 || ((own[whole] ^ theirs[whole]) & 0xFF) >> (8 - rest) == 0;
    }

    private static int bits(String text, String bits) {
        if (!bits.matches("\\d{1,3}")) throw wrong(text);
        return Integer.parseInt(bits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("proxy.trusted must be networks such as 10.0.0.0/8: " + text);
    }
}
