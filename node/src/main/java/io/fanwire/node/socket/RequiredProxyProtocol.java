package io.fanwire.node.socket;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;

/**
 * The PROXY protocol, versions 1 and 2. Jetty takes a connection without its header, too, and for one from the proxy
 * itself; the protocol's description forbids to guess, and all who come so would share the proxy's address.
 */
final class RequiredProxyProtocol extends ProxyConnectionFactory {
    RequiredProxyProtocol(String next) {
        super(next);
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer read) {
        endPoint.close();
    }
}
