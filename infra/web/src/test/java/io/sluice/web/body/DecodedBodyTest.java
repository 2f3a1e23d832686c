package io.sluice.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedBodyTest {
    private static final byte[] TEXT =
            "Garden chair, folds flat. ".repeat(2_000).getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP ", "x-gzip"})
    void readsGzip(String encoding) throws IOException {
        assertThat(read(encoding, gzip(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void readsGzipOfSeveralMembersInAnySizeOfReads() throws IOException {
        var both = new ByteArrayOutputStream();
        both.writeBytes(gzip(TEXT));
        both.writeBytes(gzip(TEXT));
        for (int most : new int[] {1, 7, 65_536}) {
            assertThat(DecodedBody.of("gzip", trickling(both.toByteArray(), most))
                            .readAllBytes())
                    .as("%d at a time", most)
                    .hasSize(2 * TEXT.length);
        }
    }

    @Test
    void readsDeflateWithAndWithoutItsHeader() throws IOException {
        assertThat(read("deflate", deflate(new Deflater()))).isEqualTo(TEXT);
        assertThat(read("deflate", deflate(new Deflater(Deflater.BEST_COMPRESSION, true))))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity"})
    void leavesAPlainBodyAsItIs(String encoding) throws IOException {
        assertThat(read(encoding, TEXT)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, gzip", "aes128gcm"})
    void refusesAnotherEncoding(String encoding) {
        assertThatThrownBy(() -> read(encoding, TEXT)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(415);
            assertThat(refused.problem().detail()).contains("gzip or deflate");
        });
    }

    @Test
    void refusesABodyThatIsNoGzipOrIsCutAnywhere() throws IOException {
        damaged("gzip", TEXT);
        damaged("gzip", new byte[0]);
        var whole = gzip(TEXT);
        for (int length = 1; length < whole.length; length++) {
            damaged("gzip", Arrays.copyOf(whole, length));
        }
        var deflated = deflate(new Deflater());
        for (int length = 1; length < deflated.length; length++) {
            damaged("deflate", Arrays.copyOf(deflated, length));
        }
    }

    /** The first ten bytes are the header, whose times change nothing; nor do the bits that fill the last byte. */
    @Test
    void neverReadsAnotherTextFromGzipWithADamagedByte() throws IOException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var refused = 0;
        for (int i = 0; i < 300; i++) {
            var damaged = gzip(TEXT);
            var at = random.nextInt(10, damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));

            try {
                assertThat(read("gzip", damaged))
                        .as("seed %d, byte %d", seed, at)
                        .isEqualTo(TEXT);
            } catch (ProblemException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(250);
    }

    private static void damaged(String encoding, byte[] body) {
        assertThatThrownBy(() -> read(encoding, body)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("MALFORMED_BODY");
            assertThat(refused.problem().detail()).contains(encoding, "Content-Encoding");
        });
    }

    private static byte[] read(String encoding, byte[] body) throws IOException {
        try (var decoded = DecodedBody.of(encoding, new ByteArrayInputStream(body))) {
            return decoded.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(Deflater deflater) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(TEXT);
        }
        deflater.end();
        return bytes.toByteArray();
    }

    private static InputStream trickling(byte[] bytes, int most) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, most));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }
}
