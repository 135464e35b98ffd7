package io.fanwire.loadtest.chaos;

import io.fanwire.loadtest.result.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was done and what came of it. Thread-safe. */
final class Journal {
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    synchronized void mark(Mark mark) {
        marks.add(mark);
    }

    synchronized void remark(Collection<String> lines) {
        remarks.addAll(lines);
    }

    synchronized void complain(Collection<String> lines) {
        complaints.addAll(lines);
    }

    synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    synchronized List<String> remarks() {
        return List.copyOf(remarks);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }
}
