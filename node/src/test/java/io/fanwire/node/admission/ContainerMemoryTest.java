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
    void asManyFullSocketsFitIntoAnySmallContainer() throws IOException {
        for (int mebibytes : new int[] {256, 512, 1_024, 2_048}) {
            write("memory.max", mebibytes * MEBIBYTE);
            assertThat(ContainerMemory.under(groups).forFullSockets()).isEqualTo(819);
        }
        write("memory.max", 8_192 * MEBIBYTE);
        assertThat(ContainerMemory.under(groups).forFullSockets()).isEqualTo(3_276);
    }

    @Test
    void whatClientsMayTakeFollowsFromTheLimit() throws IOException {
        write("memory.max", 512 * MEBIBYTE);
        ContainerMemory memory = ContainerMemory.under(groups);
        assertThat(memory.forConnections()).isEqualTo(32_768);
        assertThat(memory.sendBufferBytes()).isEqualTo(32 << 10);
    }

    private void write(String file, long bytes) throws IOException {
        Files.writeString(groups.resolve(file), bytes + "\n");
    }

    private static void assertUnbounded(ContainerMemory memory) {
        assertThat(memory.limit()).isEmpty();
        assertThat(memory.getAsInt()).isZero();
        assertThat(memory.forConnections()).isEqualTo(Integer.MAX_VALUE);
        assertThat(memory.forFullSockets()).isEqualTo(Integer.MAX_VALUE);
        assertThat(memory.sendBufferBytes()).isEqualTo(128 << 10);
    }
}
