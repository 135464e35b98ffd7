package io.fanwire.k8s.container;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node under more than its container's memory can bear. */
class MemoryIT {
    @Test
    void probe() {
        int count = Integer.getInteger("n", 3000);
        try (PodNetwork network = PodNetwork.create()) {
            network.redis("--maxmemory", "192mb");
            Pod node = network.node(PodSpec.of("dev")).awaitReady();
            try (Crowd crowd = new Crowd(node.clientPort());
                    Crowd publishers = new Crowd(node.clientPort())) {
                List<String> topics =
                        IntStream.range(0, 20).mapToObj(i -> "t:" + i).toList();
                publishers.come(20, List.of("p"), true);
                Wait.until(Duration.ofSeconds(20), () -> publishers.present() == 20);
                crowd.come(count, topics, false);
                byte[] payload = new byte[60_000];
                for (int second = 0; second < 45 && node.isRunning(); second++) {
                    for (int i = 0; i < 40; i++) publishers.publish(topics.get(i % 20), payload);
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    var m = node.metrics();
                    System.out.println(
                            second + " present " + crowd.present() + " ends " + crowd.ends() + " rss "
                                    + (m.get("process_resident_memory_bytes") >> 20)
                                    + " heap " + (m.get("jvm_memory_used_bytes{area=\"heap\"}") >> 20) + " commit "
                                    + (m.get("jvm_memory_committed_bytes{area=\"heap\"}") >> 20) + " nonheap "
                                    + (m.get("jvm_memory_committed_bytes{area=\"nonheap\"}") >> 20) + " direct "
                                    + (m.get("jvm_buffer_memory_used_bytes") >> 20)
                                    + " live " + node.get("/livez").status() + " ready " + node.get("/readyz")
                                    + " cg "
                                    + node.exec(
                                            "sh",
                                            "-c",
                                            "cd /sys/fs/cgroup/memory; echo $(($(cat memory.usage_in_bytes)>>20)) $(grep -E '^(cache|rss|mapped_file) ' memory.stat | tr '\\n' ' ') tcp $(cat memory.kmem.tcp.usage_in_bytes) kmem $(cat memory.kmem.usage_in_bytes) fail $(cat memory.failcnt)"));
                }
                System.out.println(node.isOomKilled() + " " + node.logs());
            }
        }
    }
}
