package io.fanwire.loadtest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
    private final Payload payload = new Payload(9, 3, Payload.NO_MARK, 1L << 40, 1_795_225_529_142_612_345L);
    private final CRC32C crc = new CRC32C();

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 128, 65_536})
    void isReadAsItWasWritten(int size) {
        byte[] bytes = payload.encode(size);
        assertThat(bytes).hasSize(size);
        assertThat(Payload.decode(bytes, crc)).isEqualTo(payload);
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] bytes = payload.encode(100);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Payload.decode(bytes, crc)).as("bit %d", bit).isNull();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void whatIsCutOffIsFound() {
        assertThat(Payload.decode(java.util.Arrays.copyOf(payload.encode(100), 99), crc))
                .isNull();
        assertThat(Payload.decode(new byte[0], crc)).isNull();
    }
}
