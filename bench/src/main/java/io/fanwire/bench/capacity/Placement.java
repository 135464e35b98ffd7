package io.fanwire.bench.capacity;

/** Where a topic's subscribers are, if a balancer spreads connections over nodes at random. */
public final class Placement {
    private Placement() {}

    /**
     * How many nodes have at least one of them, on average: n (1 - (1 - 1/n)^s), the occupancy of n urns by s balls (see
     * Feller, An Introduction to Probability Theory and Its Applications, vol. 1, chapter IV).
     */
    public static double nodesWith(double subscribers, int nodes) {
        return nodes * -Math.expm1(subscribers * Math.log1p(-1.0 / nodes));
    }
}
