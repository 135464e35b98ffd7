package io.fanwire.loadtest.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fanwire.harness.NodeProcess;
import io.fanwire.harness.NodeSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real nodes, which wait a while before they say goodbye. */
@Timeout(60)
class ServicePortIT {
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(20);

    private final NodeProcess one = begin();
    private final NodeProcess other = begin();
    private ServicePort service = service(EndpointRemoval.BEFORE, Duration.ZERO);

    @BeforeEach
    void start() {
        one.awaitReady();
        other.awaitReady();
    }

    @AfterEach
    void close() {
        service.close();
        one.kill();
        other.kill();
    }

    @Test
    void aNodeIsAnEndpointFromWhenItIsAdmittedUntilItsProbesFail() {
        service.admit(one);
        assertThat(service.endpoints()).containsExactly(one.spec().port());
        service.admit(other);
        assertThat(service.endpoints())
                .containsExactlyInAnyOrder(one.spec().port(), other.spec().port());
        other.kill();
        await().until(() -> service.endpoints().equals(List.of(one.spec().port())));
    }

    @Test
    void aConnectionStaysWhenItsEndpointGoesAndNewOnesAreResetWhenThereIsNone() throws IOException {
        service.admit(one);
        try (Socket there = connect()) {
            await().until(() -> one.metrics().get("fanwire_sockets") == 1);
            service.dismiss(one);
            assertThat(isOpen(there)).isTrue();
            try (Socket late = connect()) {
                assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void anEndpointThatLeavesBeforeIsGoneWhileTheNodeStillServes() {
        service = service(EndpointRemoval.BEFORE, Duration.ofSeconds(2));
        service.admit(one);
        service.admit(other);
        CompletableFuture<Departure> departure = service.terminate(one, GRACE_PERIOD);
        await().until(() -> service.endpoints().size() == 1);
        // It has got no signal yet.
        assertThat(one.isReady()).isTrue();
        assertThat(departure.join().isClean()).isTrue();
        assertThat(departure.join().time()).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void anEndpointThatLeavesAfterIsStillThereWhenTheNodeIsTold() {
        service = service(EndpointRemoval.AFTER, Duration.ofMinutes(1));
        service.admit(one);
        service.admit(other);
        CompletableFuture<Departure> departure = service.terminate(one, GRACE_PERIOD);
        // Its own word comes first here, since the delay is that long.
        await().until(() -> !one.isReady());
        await().until(() -> service.endpoints().size() == 1);
        assertThat(departure.join().isClean()).isTrue();
    }

    @Test
    void whoDoesNotEndWithinTheGracePeriodIsKilled() {
        service.admit(one);
        one.pause();
        CompletableFuture<Departure> departure = service.terminate(one, Duration.ofMillis(1));
        assertThat(departure.join().isKilled()).isTrue();
        assertThat(service.endpoints()).isEmpty();
    }

    private static NodeProcess begin() {
        return NodeProcess.begin(NodeSpec.onFreePorts().with("FANWIRE_DRAIN_DELAY", "1s"));
    }

    private static ServicePort service(EndpointRemoval removal, Duration delay) {
        return new ServicePort(new ServiceSetup(Duration.ofMillis(100), Duration.ofSeconds(2), 2, removal, delay), 2);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), service.url().getPort());
    }

    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }
}
