package io.fanwire.bench.peer;

import java.net.InetSocketAddress;

/** A server under measurement. Runs until it is closed. */
public interface Peer extends AutoCloseable {
    /** For a table: {@code node}, {@code nats}, {@code floor}. */
    String name();

    /** Of the process whose CPU and memory are the server's. */
    long pid();

    InetSocketAddress address();

    Dialect dialect();

    @Override
    void close();
}
