package io.fanwire.bench.load;

/**
 * Publishes as fast as subscribers take it: so many publications are on their way to the average subscriber at any
 * time, and one that arrives makes room for the next. The clients' pace is the server's, without a rate to guess.
 */
public final class Saturation {
    private static final int BATCHES = 8;

    private final Crowd crowd;
    private final Publisher publisher;
    private final int window;
    private final double subscribersPerTopic;
    private final long deliveredBefore;
    private long asked;
    private boolean stopped;

    /**
     * @param window publications on their way, over all topics
     * @param subscribersPerTopic how many deliveries a publication makes
     */
    public Saturation(Crowd crowd, Publisher publisher, int window, double subscribersPerTopic) {
        this.crowd = crowd;
        this.publisher = publisher;
        this.window = window;
        this.subscribersPerTopic = subscribersPerTopic;
        this.deliveredBefore = crowd.delivered() + crowd.missed();
    }

    public void start() {
        crowd.onProgress(this::onProgress);
        onProgress();
    }

    public synchronized void stop() {
        stopped = true;
        crowd.onProgress(() -> {});
    }

    private synchronized void onProgress() {
        long done = (long) ((crowd.delivered() + crowd.missed() - deliveredBefore) / subscribersPerTopic);
        int room = (int) (window - (asked - done));
        int batch = Math.max(1, window / BATCHES);
        if (stopped || room < batch) return;
        asked += room;
        publisher.burst(room);
    }
}
