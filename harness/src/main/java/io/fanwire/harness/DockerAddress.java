package io.fanwire.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where Docker listens: what {@code DOCKER_HOST} says, or else one of the usual sockets. */
record DockerAddress(SocketAddress socket) {
    private static final String PING = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n";

    /** @throws HarnessException if there is none */
    static DockerAddress ofThisMachine() {
        String host = System.getenv().getOrDefault("DOCKER_HOST", "");
        return host.isBlank() ? ofUsualSocket() : ofUri(URI.create(host));
    }

    /** Blocks for as long as Docker takes. */
    boolean answersPing() {
        try (var channel = SocketChannel.open(family())) {
            channel.connect(socket);
            channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
            return channel.read(ByteBuffer.allocate(64)) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return socket.toString();
    }

    private StandardProtocolFamily family() {
        if (socket instanceof UnixDomainSocketAddress) return StandardProtocolFamily.UNIX;
        return StandardProtocolFamily.INET;
    }

    private static DockerAddress ofUri(URI uri) {
        if ("unix".equals(uri.getScheme())) return new DockerAddress(UnixDomainSocketAddress.of(uri.getPath()));
        if (uri.getHost() == null) throw new HarnessException("DOCKER_HOST is not understood: " + uri);
        return new DockerAddress(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort()));
    }

    private static DockerAddress ofUsualSocket() {
        return Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/nowhere"), "docker.sock"),
                        Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                .filter(Files::exists)
                .findFirst()
                .map(path -> new DockerAddress(UnixDomainSocketAddress.of(path)))
                .orElseThrow(() -> new HarnessException("no Docker is running here"));
    }
}
