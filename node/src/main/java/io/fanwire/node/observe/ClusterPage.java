package io.fanwire.node.observe;

import io.fanwire.node.backplane.Member;
import io.fanwire.node.cluster.ClusterView;
import io.fanwire.node.cluster.Membership;
import java.util.List;

/**
 * The cluster, as one of its nodes sees it.
 *
 * @param self who says this
 * @param current whether it still holds: if not, the node has not heard the others for the time of a lease
 * @param ageMs since the others were heard
 * @param average connections of a node that takes clients
 */
record ClusterPage(String self, boolean current, long ageMs, List<Node> members, double average) {
    static Page show(String self, Membership membership) {
        ClusterView view = membership.last();
        if (view == null) return Page.json(200, new ClusterPage(self, false, 0, List.of(), 0));
        long now = System.currentTimeMillis();
        List<Node> nodes =
                view.members().stream().map(each -> Node.of(each, now)).toList();
        return Page.json(
                200,
                new ClusterPage(self, membership.isCurrent(), membership.age().toMillis(), nodes, view.average()));
    }

    /** @param uptimeMs by two clocks: the node's own when it started, and this one's now */
    record Node(
            String id,
            String address,
            String version,
            long uptimeMs,
            int connections,
            boolean draining,
            boolean accepting) {
        static Node of(Member member, long now) {
            return new Node(
                    member.nodeId(),
                    member.address(),
                    member.version(),
                    Math.max(0, now - member.startedAtMs()),
                    member.connections(),
                    member.draining(),
                    member.accepting());
        }
    }
}
