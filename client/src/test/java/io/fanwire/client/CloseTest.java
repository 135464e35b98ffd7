package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CloseTest extends ClientFixture {
    @Test
    void saysGoodbye() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        life.next(ConnectionInfo.class);
        client.close();
        assertThat(get(node.accept().closeCode)).isEqualTo(1000);
        Disconnection disconnection = life.next(Disconnection.class);
        assertThat(disconnection.closeCode()).isEqualTo(1000);
        assertThat(disconnection.willReconnect()).isFalse();
        assertThat(life.next(ClientClosedException.class).closeCode()).isEqualTo(1000);
    }

    @Test
    void failsWhatIsPending() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect();
        var publish = client.publish(TOPIC, "hi");
        Subscription subscription = client.subscribe(TOPIC, heard);
        client.close();
        assertThat(failure(publish)).isInstanceOf(ClientClosedException.class);
        assertThat(failure(subscription.ready())).isInstanceOf(ClientClosedException.class);
        assertThat(failure(client.ready())).isInstanceOf(ClientClosedException.class);
        get(subscription.unsubscribe());
        assertThat(heard.isEmpty()).isTrue();
    }

    @Test
    void sendsFirstWhatWasHandedIn() throws Exception {
        FanwireClient client = connect();
        get(client.ready());
        Peer peer = node.accept();
        for (int i = 0; i < 50; i++) client.publishAndForget(TOPIC, "m" + i);
        client.close();
        for (int i = 0; i < 50; i++) {
            assertThat(peer.next().getPublish().getText()).isEqualTo("m" + i);
        }
    }

    @Test
    void nothingWorksAfterwards() throws Exception {
        FanwireClient client = connect();
        client.close();
        client.close();
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThatThrownBy(() -> client.subscribe(TOPIC, heard)).isInstanceOf(ClientClosedException.class);
        assertThat(failure(client.publish(TOPIC, "hi"))).isInstanceOf(ClientClosedException.class);
        assertThat(client.publishAndForget(TOPIC, "hi")).isFalse();
    }

    @Test
    void maybeCalledByAListener() throws Exception {
        CompletableFuture<Thread> closed = new CompletableFuture<>();
        FanwireClient client = connect();
        client.subscribe(TOPIC, message -> {
            client.close();
            closed.complete(Thread.currentThread());
        });
        Peer peer = node.accept();
        peer.confirmSubscribe(TOPIC, 7, 1, 0);
        peer.send(Wire.publication(7, 1, "bye"));
        assertThat(get(closed).isDaemon()).isTrue();
        assertThat(get(peer.closeCode)).isEqualTo(1000);
    }

    @Test
    void doesNotWaitForANodeThatIsGone() throws Exception {
        node.close();
        FanwireClient client = connect();
        life.next(Disconnection.class);
        client.close();
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    }
}
