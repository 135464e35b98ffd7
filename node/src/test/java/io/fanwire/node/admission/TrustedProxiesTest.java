package io.fanwire.node.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES =
            new TrustedProxies(List.of("10.0.0.0/8", "192.168.1.7", "fd00::/12", "172.16.0.0/12"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "203.0.113.9:4711 | 203.0.113.9",
                "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
                // What the client wrote stands to the left of what the proxies wrote.
                "1.1.1.1, 203.0.113.9 | 203.0.113.9",
                "10.0.0.5, 203.0.113.9, 10.0.0.2 | 203.0.113.9",
                "garbage, 203.0.113.9 | 203.0.113.9",
                // All of them ours: the first one asked for itself.
                "10.0.0.5, 10.0.0.2 | 10.0.0.5",
                // Nothing to be read where it counts: the connection's own address.
                "203.0.113.9, garbage | 10.0.0.1",
                "203.0.113.9, | 10.0.0.1",
                "203.0.113.256 | 10.0.0.1",
                "localhost | 10.0.0.1",
                "unknown | 10.0.0.1",
                "1.2.3 | 10.0.0.1",
                ":: :: | 10.0.0.1",
                "'' | 10.0.0.1",
            })
    void theFirstHopFromTheRightThatIsNoProxyIsTheClient(String header, String client) throws Exception {
        assertThat(client("10.0.0.1", AddressSource.X_FORWARDED_FOR, header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.9 | 203.0.113.9",
                "For=203.0.113.9;proto=https;by=10.0.0.2 | 203.0.113.9",
                "proto=https; for=\"203.0.113.9:80\" | 203.0.113.9",
                "for=\"[2001:db8::1]:4711\" | 2001:db8:0:0:0:0:0:1",
                "for=1.1.1.1, for=203.0.113.9, for=10.1.1.1 | 203.0.113.9",
                // A quote that the client left open.
                "for=\"1.1.1.1, for=203.0.113.9 | 203.0.113.9",
                "for=_hidden | 10.0.0.1",
                "for=unknown | 10.0.0.1",
                "by=203.0.113.9 | 10.0.0.1",
                "for=203.0.113.9;for=1.1.1.1 | 10.0.0.1",
            })
    void theHeaderOfRfc7239IsReadLikewise(String header, String client) throws Exception {
        assertThat(client("10.0.0.1", AddressSource.FORWARDED, header)).isEqualTo(client);
    }

    @Test
    void severalLinesAreOneList() throws Exception {
        assertThat(client("10.0.0.1", AddressSource.X_FORWARDED_FOR, "1.1.1.1", "203.0.113.9", "10.0.0.2"))
                .isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"11.0.0.1", "192.168.1.8", "172.32.0.1", "fc00::1", "2001:db8::1"})
    void whoIsNotTrustedIsNotBelieved(String peer) throws Exception {
        assertThat(client(peer, AddressSource.X_FORWARDED_FOR, "203.0.113.9"))
                .isEqualTo(InetAddress.getByName(peer).getHostAddress());
    }

    @ParameterizedTest
    @CsvSource({"10.255.255.255", "192.168.1.7", "172.31.0.1", "fd00::1", "::ffff:10.0.0.1"})
    void whoIsInATrustedNetworkIsBelieved(String peer) throws Exception {
        assertThat(client(peer, AddressSource.X_FORWARDED_FOR, "203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.9, 203.0.113.9", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0"})
    void addressesOfIpv6AreCountedByTheirNetwork(String address, String counted) throws Exception {
        assertThat(IpAddress.counted(InetAddress.getByName(address))).isEqualTo(counted);
    }

    private static String client(String peer, AddressSource source, String... lines) throws Exception {
        return PROXIES.client(InetAddress.getByName(peer), source, List.of(lines))
                .getHostAddress();
    }
}
