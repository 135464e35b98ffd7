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
        return members.stream().filter(Member::accepting).toList();
    }

    /**
     * Those among whom a member's clients can be spread: members that take clients and itself, unless it drains. One that
     * is full has the more reason to hand off.
     */
    ClusterView around(String nodeId) {
        List<Member> around = members.stream()
                .filter(each -> each.nodeId().equals(nodeId) ? !each.draining() : each.accepting())
                .toList();
        return new ClusterView(around, heardAt);
    }

    /** Whether a member's clients are being sent away. One that was drained and is left running has none any more. */
    boolean hasDraining() {
        return members.stream().anyMatch(each -> each.draining() && each.connections() > 0);
    }

    /** Whether each member has spoken within this time. One that has not may have died. */
    boolean isHeardWithin(Duration time) {
        return members.stream().allMatch(each -> each.silentMs() <= time.toMillis());
    }

    /** Connections of all members. */
    public long connections() {
        return sum(members);
    }

    /** Connections that a member which takes clients has on average; 0 without one. */
    public double average() {
        return average(serving());
    }

    /** Connections of all members for each; 0 without one. */
    double share() {
        return average(members);
    }

    private static double average(List<Member> members) {
        return members.isEmpty() ? 0 : (double) sum(members) / members.size();
    }

    private static long sum(List<Member> members) {
        return members.stream().mapToLong(Member::connections).sum();
    }
}
