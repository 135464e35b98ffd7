package io.fanwire.loadtest.wire;

import com.google.protobuf.ByteString;
import io.fanwire.protocol.v1.ClientFrame;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Connect;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publish;
import io.fanwire.protocol.v1.Subscribe;
import io.fanwire.protocol.v1.Unsubscribe;

/**
 * What a client says to a node: frames of one command each. The concatenation of two of them is a frame as well, so
 * they can be put into one message.
 */
public final class Commands {
    private static final byte[] HEARTBEAT = frame(Command.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));

    private Commands() {}

    public static byte[] connect(long id, String client) {
        return frame(
                Command.newBuilder().setId(id).setConnect(Connect.newBuilder().setClient(client)));
    }

    public static byte[] subscribe(long id, String topic) {
        return frame(Command.newBuilder()
                .setId(id)
                .setSubscribe(Subscribe.newBuilder().setTopic(topic)));
    }

    public static byte[] unsubscribe(long id, String topic) {
        return frame(Command.newBuilder()
                .setId(id)
                .setUnsubscribe(Unsubscribe.newBuilder().setTopic(topic)));
    }

    /** @param id 0 for no reply */
    public static byte[] publish(long id, String topic, byte[] payload) {
        return frame(Command.newBuilder()
                .setId(id)
                .setPublish(Publish.newBuilder().setTopic(topic).setBinary(ByteString.copyFrom(payload))));
    }

    /** Must not be written to. */
    public static byte[] heartbeat() {
        return HEARTBEAT;
    }

    private static byte[] frame(Command.Builder command) {
        return ClientFrame.newBuilder().addCommands(command).build().toByteArray();
    }
}
