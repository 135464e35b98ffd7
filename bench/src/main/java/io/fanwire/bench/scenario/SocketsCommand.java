package io.fanwire.bench.scenario;

import io.fanwire.bench.measure.KernelMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the kernel holds for a connection that nothing is on its way of. A process does not show it; its container's limit counts it. */
@Command(
        name = "sockets",
        description = "Measures the kernel's memory of an idle TCP connection.",
        mixinStandardHelpOptions = true)
public final class SocketsCommand implements Callable<Integer> {
    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Connections in each of three runs; they take two files each. Default: ${DEFAULT-VALUE}")
    private int count;

    @Override
    public Integer call() throws IOException {
        for (int i = 1; i <= 3; i++) run(i);
        System.out.println("Both ends are on this machine: a node has one of them.");
        return 0;
    }

    private void run(int number) throws IOException {
        List<SocketChannel> ends = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            KernelMemory before = KernelMemory.now();
            for (int i = 0; i < count; i++) {
                ends.add(SocketChannel.open(server.getLocalAddress()));
                ends.add(server.accept());
            }
            double each = (KernelMemory.now().slabBytes() - before.slabBytes()) / (2.0 * count);
            System.out.printf("run %d: %,d connections, %.2f KB of slab for each end%n", number, count, each / 1024);
        } finally {
            for (SocketChannel each : ends) each.close();
        }
    }
}
