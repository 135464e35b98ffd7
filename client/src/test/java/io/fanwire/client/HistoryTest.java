package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanwire.protocol.InvalidTopicException;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.v1.Command;
import io.fanwire.protocol.v1.ErrorCode;
import io.fanwire.protocol.v1.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class HistoryTest extends ClientFixture {
    @Test
    void readsAPage() throws Exception {
        CompletionStage<HistoryPage> read = connect()
                .history(TOPIC, HistoryRequest.after(new Position(3, 4)).limit(2));
        Peer peer = node.accept();
        Command command = peer.next();
        History query = command.getHistory();
        assertThat(query.getTopic()).isEqualTo(TOPIC);
        assertThat(query.getSince().getPosition()).isEqualTo(Wire.position(3, 4));
        assertThat(query.getLimit()).isEqualTo(2);
        peer.reply(command, Wire.history(3, 9, true, 5, 7));
        HistoryPage page = get(read);
        assertThat(page.messages())
                .extracting(Message::topic, Message::position, Message::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(TOPIC, new Position(3, 5), "m5"),
                        org.assertj.core.groups.Tuple.tuple(TOPIC, new Position(3, 7), "m7"));
        assertThat(page.newest()).isEqualTo(new Position(3, 9));
        assertThat(page.hasMore()).isTrue();
        assertThat(page.positionLost()).isFalse();
    }

    @Test
    void asksForWhatTheCallerWants() throws Exception {
        FanwireClient client = connect();
        Peer peer = node.accept();
        assertThat(asked(client, peer, HistoryRequest.beginning()).getSince().getBeginning())
                .isTrue();
        assertThat(asked(client, peer, HistoryRequest.last(7)).getSince().getLast())
                .isEqualTo(7);
        assertThat(asked(client, peer, HistoryRequest.since(Instant.ofEpochSecond(2)))
                        .getSince()
                        .getTimeUs())
                .isEqualTo(2_000_000);
        assertThat(asked(client, peer, HistoryRequest.last(7)).getLimit()).isEqualTo(100);
        assertThatThrownBy(() -> HistoryRequest.last(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HistoryRequest.beginning().limit(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.history("no spaces", HistoryRequest.beginning()))
                .isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void tellsThatAPositionIsLost() throws Exception {
        CompletionStage<HistoryPage> read = connect().history(TOPIC, HistoryRequest.after(new Position(3, 99)));
        Peer peer = node.accept();
        var reply = Wire.history(3, 9, false);
        reply.getHistoryBuilder().setPositionLost(true);
        peer.reply(peer.next(), reply);
        assertThat(get(read).positionLost()).isTrue();
    }

    @Test
    void failsWithTheNodesRefusal() throws Exception {
        CompletionStage<HistoryPage> read = connect().history(TOPIC, HistoryRequest.beginning());
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_NO_HISTORY, "none", false));
        FanwireException error = (FanwireException) failure(read);
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_NO_HISTORY);
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void asksAgainAfterAnErrorThatMayPass() throws Exception {
        CompletionStage<HistoryPage> read = connect().history(TOPIC, HistoryRequest.beginning());
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_BACKPLANE_UNAVAILABLE, "no Redis", true));
        peer.reply(peer.next(), Wire.history(1, 0, false));
        assertThat(get(read).messages()).isEmpty();
    }

    @Test
    void asksTheNextNodeWhenAConnectionBreaks() throws Exception {
        CompletionStage<HistoryPage> read = connect().history(TOPIC, HistoryRequest.beginning());
        Peer first = node.accept();
        first.next();
        first.cut();
        Peer second = node.accept();
        second.reply(second.next(), Wire.history(1, 3, false, 1, 2, 3));
        assertThat(get(read).messages()).hasSize(3);
    }

    @Test
    void givesUpAfterAWhile() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect(options(node).historyTimeout(Duration.ofMillis(100)));
        FanwireException error = (FanwireException) failure(client.history(TOPIC, HistoryRequest.beginning()));
        assertThat(error).hasMessageContaining("not read within 100 ms; no node answered");
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void givesUpWithTheLastError() throws Exception {
        FanwireClient client = connect(options(node)
                .historyTimeout(Duration.ofSeconds(3)) // enough for an answer on a busy machine
                .backoff(Duration.ofSeconds(60), Duration.ofSeconds(60)));
        get(client.ready());
        CompletionStage<HistoryPage> read = client.history(TOPIC, HistoryRequest.beginning());
        Peer peer = node.accept();
        peer.reply(peer.next(), Wire.error(ErrorCode.ERROR_CODE_OVERLOADED, "busy", true));
        FanwireException error = (FanwireException) failure(read);
        assertThat(error).hasMessageContaining("last error: busy");
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_OVERLOADED);
    }

    @Test
    void hasFewOnTheWayAtATime() throws Exception {
        FanwireClient client = connect();
        List<CompletionStage<HistoryPage>> reads = new ArrayList<>();
        for (int i = 0; i < 6; i++) reads.add(client.history(TOPIC, HistoryRequest.beginning()));
        Peer peer = node.accept();
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) commands.add(peer.next());
        peer.send(Wire.HEARTBEAT);
        assertThat(peer.next().hasHeartbeat()).isTrue(); // and not a fifth query before it
        for (Command command : commands) peer.reply(command, Wire.history(1, 0, false));
        for (int i = 4; i < 6; i++) peer.reply(peer.next(), Wire.history(1, 0, false));
        for (CompletionStage<HistoryPage> read : reads) get(read);
    }

    @Test
    void doesNotPileUpQueries() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect();
        for (int i = 0; i < 1_000; i++) client.history(TOPIC, HistoryRequest.beginning());
        FanwireException error = (FanwireException) failure(client.history(TOPIC, HistoryRequest.beginning()));
        assertThat(error.code()).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void failsWhenTheClientIsClosed() throws Exception {
        node.answersConnect = false;
        FanwireClient client = connect();
        CompletionStage<HistoryPage> before = client.history(TOPIC, HistoryRequest.beginning());
        client.close();
        assertThat(failure(before)).isInstanceOf(ClientClosedException.class);
        assertThat(failure(client.history(TOPIC, HistoryRequest.beginning())))
                .isInstanceOf(ClientClosedException.class);
    }

    private static History asked(FanwireClient client, Peer peer, HistoryRequest request) throws Exception {
        client.history(TOPIC, request);
        Command command = peer.next();
        peer.reply(command, Wire.history(1, 0, false));
        return command.getHistory();
    }
}
