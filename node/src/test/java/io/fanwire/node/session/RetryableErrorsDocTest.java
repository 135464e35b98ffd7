package io.fanwire.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanwire.node.DocTable;
import io.fanwire.protocol.v1.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds what docs/protocol.md says of retries equal to what the node does. */
class RetryableErrorsDocTest {
    @Test
    void theTableSaysWhichErrorsMayPass() {
        List<List<String>> rows = DocTable.rows("protocol.md", "number", "code");
        assertThat(rows).hasSize(ErrorCode.values().length - 1);
        for (List<String> row : rows) {
            ErrorCode code = ErrorCode.valueOf(row.get(1));
            boolean retryable = Replies.error(1, code, "").getReply().getError().getRetryable();
            assertThat(row.get(2)).as(code.name()).isEqualTo(retryable ? "yes" : "no");
        }
    }
}
