package io.fanwire.bench.storm;

/** What happens to a cluster. One thread. */
interface Disturbance {
    /** Called at each millisecond, from 0 on. */
    void tick(Storm storm, long now);

    /** Whether nothing more is to come. */
    boolean isOver(long now);
}
