package io.fanwire.client;

import io.fanwire.protocol.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A topic as it really is, with every epoch it ever had. A later epoch shares with the one before everything up to its
 * fork; what that one had behind it is lost. Epochs are numbered from 1.
 */
final class TopicWorld {
    private final List<Epoch> epochs = new ArrayList<>(List.of(new Epoch(0, new ArrayList<>())));
    private int count;

    /** @param fork the last offset shared with the epoch before; 0 if nothing is */
    private record Epoch(long fork, List<String> texts) {}

    void publish() {
        newest().texts.add("m" + ++count);
    }

    /** Redis comes back in a new epoch, and has kept this much of the one before. */
    void restart(long fork) {
        epochs.add(new Epoch(fork, new ArrayList<>(newest().texts.subList(0, (int) fork))));
    }

    /** Redis loses the newest ones, and nobody notices. */
    void loseTail(long kept) {
        List<String> texts = newest().texts;
        texts.subList((int) kept, texts.size()).clear();
    }

    long epoch() {
        return epochs.size();
    }

    /** The newest offset of an epoch. */
    long head(long epoch) {
        return epochs.get((int) epoch - 1).texts.size();
    }

    Position head() {
        return new Position(epoch(), head(epoch()));
    }

    long forkOf(long epoch) {
        return epochs.get((int) epoch - 1).fork;
    }

    String text(long epoch, long offset) {
        return epochs.get((int) epoch - 1).texts.get((int) offset - 1);
    }

    /** The last offset that an epoch shares with an earlier one, or with itself. */
    long shared(long earlier, long later) {
        long shared = head(earlier);
        for (long epoch = earlier + 1; epoch <= later; epoch++) shared = Math.min(shared, forkOf(epoch));
        return shared;
    }

    /** Whether a position stands for the same publication in this later epoch. */
    boolean holds(Position position, long later) {
        return position.offset() <= shared(position.epoch(), later);
    }

    private Epoch newest() {
        return epochs.get(epochs.size() - 1);
    }
}
