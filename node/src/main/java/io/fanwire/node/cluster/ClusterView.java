package io.fanwire.node.cluster;

import io.fanwire.node.backplane.Member;
import java.time.Duration;
import java.util.List;

/**
 * The cluster as this node heard of it last.
 *
 * @param members in the order of their ids
 * @param heardAt in nanoseconds by the clock of who keeps it
 */
public record ClusterView(List<Member> members, long heardAt) {
    public ClusterView {
        members = List.copyOf(members);
    }

    /** Members that take clients. */
    public List<Member> serving() {
        return members.stream().filter(each -> !each.draining()).toList();
    }

    /** Whether each member that takes clients has spoken within this time. One that has not may have died. */
    public boolean isHeardWithin(Duration time) {
        return serving().stream().allMatch(each -> each.silentMs() <= time.toMillis());
    }

    /** Connections of all members. */
    public long connections() {
        return sum(members);
    }

    /** Connections that a member which takes clients has on average; 0 without one. */
    public double average() {
        List<Member> serving = serving();
        return serving.isEmpty() ? 0 : (double) sum(serving) / serving.size();
    }

    private static long sum(List<Member> members) {
        return members.stream().mapToLong(Member::connections).sum();
    }
}
