package io.fanwire.node.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel's files say, in both of the ways in which they say it. */
class ContainerMemoryTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path groups;

    @Test
    void theSecondVersionCountsAllButCachedFiles() throws IOException {
        write("memory.max", 512 * MEBIBYTE);
        write("memory.current", 450 * MEBIBYTE);
        Files.writeString(groups.resolve("memory.stat"), """
                anon %d
                file %d
                sock %d
                inactive_file %d
                active_file %d
                """.formatted(
                        300 * MEBIBYTE, 66 * MEBIBYTE, 84 * MEBIBYTE, 60 * MEBIBYTE, 6 * MEBIBYTE));
        ContainerMemory memory = ContainerMemory.under(groups);
        assertThat(memory.limit()).hasValue(512 * MEBIBYTE);
        assertThat(memory.getAsInt()).isEqualTo(75);
    }

    @Test
    void itIsScarceFromFourFifthsOn() throws IOException {
        write("memory.max", 500 * MEBIBYTE);
        write("memory.current", 399 * MEBIBYTE);
        assertThat(ContainerMemory.under(groups).isScarce()).isFalse();
        write("memory.current", 400 * MEBIBYTE);
        assertThat(ContainerMemory.under(groups).isScarce()).isTrue();
    }

    @Test
    void theFirstVersionStandsInAFolderOfItsOwn() throws IOException {
        Files.createDirectory(groups.resolve("memory"));
        write("memory/memory.limit_in_bytes", 1_024 * MEBIBYTE);
        write("memory/memory.usage_in_bytes", 1_000 * MEBIBYTE);
        Files.writeString(
                groups.resolve("memory/memory.stat"),
                "inactive_file 1\ntotal_inactive_file " + 488 * MEBIBYTE + "\ntotal_active_file 0\n");
        assertThat(ContainerMemory.under(groups).getAsInt()).isEqualTo(50);
    }

    @Test
    void withoutALimitThereIsNoBound() throws IOException {
        Files.writeString(groups.resolve("memory.max"), "max\n");
        write("memory.current", 450 * MEBIBYTE);
        assertUnbounded(ContainerMemory.under(groups));
    }

    @Test
    void theFirstVersionsLargestNumberIsNoLimit() throws IOException {
        Files.createDirectory(groups.resolve("memory"));
        write("memory/memory.limit_in_bytes", 9_223_372_036_854_771_712L);
        assertUnbounded(ContainerMemory.under(groups));
    }

    @Test
    void aSystemThatTellsNothingHasNoBound() {
        assertUnbounded(ContainerMemory.under(groups.resolve("nowhere")));
    }

    @Test
    void whatClientsMayTakeFollowsFromTheLimit() throws IOException {
        assertThat(of(512).forConnections()).isEqualTo(9_830);
        assertThat(of(512).sendBufferBytes()).isEqualTo(32 << 10);
        assertThat(of(512).forFullSockets()).isEqualTo(614);
        assertThat(of(2_048).forConnections()).isEqualTo(88_473);
        assertThat(of(2_048).sendBufferBytes()).isEqualTo(128 << 10);
        assertThat(of(2_048).forFullSockets()).isEqualTo(819);
        assertThat(of(8_192).forFullSockets()).isEqualTo(3_276);
    }

    @Test
    void allThatClientsMayTakeFitsBesideAFullHeapAndTheJvm() throws IOException {
        for (long mebibytes : new long[] {512, 768, 1_024, 2_048, 8_192}) {
            ContainerMemory memory = of(mebibytes);
            double sockets = 2.5 * memory.sendBufferBytes() * memory.forFullSockets();
            double idle = 5_120.0 * memory.forConnections();
            assertThat(mebibytes * MEBIBYTE / 2 + 160 * MEBIBYTE + sockets + idle)
                    .isLessThanOrEqualTo(mebibytes * MEBIBYTE);
        }
    }

    @Test
    void evenATinyContainerServesSomebody() throws IOException {
        assertThat(of(256).forConnections()).isEqualTo(1_638);
        assertThat(of(256).forFullSockets()).isEqualTo(204);
    }

    private ContainerMemory of(long mebibytes) throws IOException {
        write("memory.max", mebibytes * MEBIBYTE);
        return ContainerMemory.under(groups);
    }

    private void write(String file, long bytes) throws IOException {
        Files.writeString(groups.resolve(file), bytes + "\n");
    }

    private static void assertUnbounded(ContainerMemory memory) {
        assertThat(memory.limit()).isEmpty();
        assertThat(memory.getAsInt()).isZero();
        assertThat(memory.isScarce()).isFalse();
        assertThat(memory.forConnections()).isEqualTo(Integer.MAX_VALUE);
        assertThat(memory.forFullSockets()).isEqualTo(Integer.MAX_VALUE);
        assertThat(memory.sendBufferBytes()).isEqualTo(128 << 10);
    }
}
