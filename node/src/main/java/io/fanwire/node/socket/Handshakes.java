package io.fanwire.node.socket;

import io.fanwire.node.admission.AddressSource;
import io.fanwire.node.admission.Admission;
import io.fanwire.node.admission.AdmissionConfig;
import io.fanwire.node.admission.Drop;
import io.fanwire.node.admission.IpAddress;
import io.fanwire.node.admission.Place;
import io.fanwire.node.admission.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What a connection and its handshake say of where the client comes from, put before {@link Admission}. Any thread. */
final class Handshakes {
    private final Admission admission;
    private final AdmissionConfig config;
    private final TrustedProxies proxies;

    Handshakes(AdmissionConfig config, Admission admission) {
        this.admission = admission;
        this.config = config;
        this.proxies = new TrustedProxies(config.trusted());
    }

    AdmissionConfig config() {
        return config;
    }

    Admission admission() {
        return admission;
    }

    /** Empty: the connection is to be closed at once. */
    Optional<Place> arrive(SocketAddress peer) {
        InetAddress address = address(peer);
        // Who may connect to the node itself could claim any address in the PROXY header.
        if (config.addressFrom() == AddressSource.PROXY_PROTOCOL && !proxies.trusts(address)) {
            admission.drop(Drop.UNTRUSTED_PROXY);
            return Optional.empty();
        }
        return admission.arrive(IpAddress.counted(address));
    }

    /**
     * The address of the client, as far as it can be believed, under the name that all that is limited by address counts
     * it.
     */
    String client(Request request) {
        return IpAddress.counted(believed(request));
    }

    private InetAddress believed(Request request) {
        // What the PROXY protocol says stands here, too.
        InetAddress peer = address(request.getConnectionMetaData().getRemoteSocketAddress());
        return switch (config.addressFrom()) {
            case NONE, PROXY_PROTOCOL -> peer;
            case FORWARDED -> client(request, peer, HttpHeader.FORWARDED);
            case X_FORWARDED_FOR -> client(request, peer, HttpHeader.X_FORWARDED_FOR);
        };
    }

    private InetAddress client(Request request, InetAddress peer, HttpHeader header) {
        return proxies.client(peer, config.addressFrom(), request.getHeaders().getValuesList(header));
    }

    private static InetAddress address(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
