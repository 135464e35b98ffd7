package io.fanwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoopTest {
    private final LinkedBlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

    @Test
    void runsTasksOneAtATimeInOrder() throws Exception {
        Loop loop = new Loop(SharedThreads.LOOPS, errors::add);
        int count = 10_000;
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            loop.execute(() -> {
                ran.add(number);
                done.countDown();
            });
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasSize(count).isSorted();
    }

    @Test
    void goesOnAfterATaskThatThrows() throws Exception {
        Loop loop = new Loop(SharedThreads.LOOPS, errors::add);
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            throw new IllegalStateException("task");
        });
        loop.execute(done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(errors.take()).hasMessage("task");
    }

    @Test
    void outlivesItsExecutor() throws Exception {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdown();
        CountDownLatch done = new CountDownLatch(1);
        new Loop(gone, errors::add).execute(done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
