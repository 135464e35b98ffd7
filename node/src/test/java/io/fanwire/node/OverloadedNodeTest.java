package io.fanwire.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanwire.node.backplane.Backplane;
import io.fanwire.protocol.v1.Publish;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A node with one lane that a publish holds up until the test lets go. */
class OverloadedNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CountDownLatch held = new CountDownLatch(1);

    @Test
    void aLaneThatIsBehindKeepsNewClientsOutAndOldOnesIn() {
        try (TestNode node = TestNode.start(this::holding, "FANWIRE_LANES", "1", "FANWIRE_OVERLOAD_LANE_DELAY", "5s");
                RawClient client = RawClient.connect(node.port())) {
            client.send(RawClient.command(2)
                    .setPublish(Publish.newBuilder().setTopic("held").setText("up")));
            await().atMost(PATIENCE).until(() -> node.admin("/readyz").statusCode() == 503);
            assertThat(node.admin("/readyz").body()).matches("overloaded: lane-0 is \\d+\\.\\d s behind\n");
            assertThat(node.metric("fanwire_overloaded")).isEqualTo(1);
            assertThat(node.metric("fanwire_lane_delay_seconds{lane=\"lane-0\"}"))
                    .isGreaterThan(4.9);
            assertThat(node.admin("/livez").statusCode()).isEqualTo(200);
            try (RawHandshake refused = RawHandshake.send(node.port())) {
                assertThat(refused.head()).startsWith("HTTP/1.1 503 ").containsPattern("(?i)Retry-After: [1-5]\r\n");
                assertThat(refused.rest()).isEqualTo("this node has as much to do as it can\n");
            }
            held.countDown();
            assertThat(client.reply(2).hasPublished()).isTrue();
            await().atMost(PATIENCE).until(() -> node.admin("/readyz").statusCode() == 200);
            await().atMost(PATIENCE).until(() -> comesIn(node));
        }
    }

    private static boolean comesIn(TestNode node) {
        try (RawHandshake client = RawHandshake.send(node.port())) {
            return client.status() == 101;
        }
    }

    private Backplane holding(Backplane real) {
        return (Backplane) Proxy.newProxyInstance(
                Backplane.class.getClassLoader(),
                new Class<?>[] {Backplane.class},
                (proxy, method, arguments) -> call(real, method, arguments));
    }

    private @Nullable Object call(Backplane real, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("publish"))
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
