package io.fanwire.node.backplane.redis;

import io.fanwire.node.backplane.BackplaneException;
import io.fanwire.node.backplane.HistoryPage;
import io.fanwire.node.backplane.HistoryQuery;
import io.fanwire.node.backplane.Lineage;
import io.fanwire.protocol.Position;
import io.fanwire.protocol.Topic;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis where topics stand and what their history has. Stages complete on any thread, and fail with a {@link
 * BackplaneException}.
 */
interface TopicReader {
    /**
     * Where many topics stand, in their order. One that knows less than it is asked with has lost data, and gets a new
     * epoch that goes on with the offsets.
     */
    CompletionStage<List<Standing>> compare(List<Known> topics);

    /** A page of a topic's history, as {@link io.fanwire.node.backplane.Backplane#read}. */
    CompletionStage<HistoryPage> read(Topic topic, HistoryQuery query);

    /**
     * What is known of a topic.
     *
     * @param newest its newest position as far as was heard; null: nothing is known
     * @param trusted the last offset of these that was certainly not given twice; up to that of {@code newest}
     */
    record Known(Topic topic, @Nullable Position newest, long trusted) {}

    /** Where one topic stands, or why that can't be said of this topic. Exactly one of both. */
    record Standing(@Nullable Lineage lineage, @Nullable BackplaneException failure) {}
}
