package io.fanwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.Event;
import io.fanwire.protocol.v1.Heartbeat;
import io.fanwire.protocol.v1.Publication;
import io.fanwire.protocol.v1.ServerFrame;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void concatenatedFramesAreAFrame() throws InvalidProtocolBufferException {
        ServerFrame first = frame(Event.newBuilder()
                .setPublication(
                        Publication.newBuilder().setTopicId(7).setOffset(1).setText("one")));
        ServerFrame second = frame(Event.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));

        ByteString both = first.toByteString().concat(second.toByteString());

        assertThat(ServerFrame.parseFrom(both).getEventsList())
                .containsExactly(first.getEvents(0), second.getEvents(0));
    }

    @Test
    void aCommandOfALaterVersionIsReadAsOneThatSaysNothing() throws InvalidProtocolBufferException {
        // Field 15, length-delimited, empty: a command that this version does not have.
        Command command = Command.parseFrom(new byte[] {8, 9, 15 << 3 | 2, 0});

        assertThat(command.getId()).isEqualTo(9);
        assertThat(command.getCommandCase()).isEqualTo(Command.CommandCase.COMMAND_NOT_SET);
    }

    private static ServerFrame frame(Event.Builder event) {
        return ServerFrame.newBuilder().addEvents(event).build();
    }
}
