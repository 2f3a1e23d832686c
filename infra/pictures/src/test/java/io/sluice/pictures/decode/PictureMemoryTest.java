package io.sluice.pictures.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.ReferencePixels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Decoding leaves nothing behind in native memory; the long version is {@code ./sluice bench pictures}. */
@EnabledOnOs(OS.LINUX)
class PictureMemoryTest {
    private static final int WARM_UP = 30;
    private static final int COUNT = 150;
    /** A picture is 3 MB, so all of them would be 450 MB; garbage and fragments are less. */
    private static final long ALLOWED_MEGABYTES = 120;

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @Test
    void nativeMemoryStaysAsItIsOverManyPictures() throws Exception {
        var picture = ReferencePixels.gradient(1_250, 800).image();
        var jpeg = ImageFiles.written(picture, "jpeg");
        var webp = ImageFiles.webp(picture, 50);
        var broken = ImageFiles.png(8_000, 1_000, "no zlib stream".getBytes(StandardCharsets.US_ASCII));
        var framing = new Framing(420, Framing.Fit.CENTER_CROP); // too large for a reduced decode

        decode(WARM_UP, framing, jpeg, webp, broken);
        var before = residentMegabytes();
        decode(COUNT, framing, jpeg, webp, broken);

        assertThat(residentMegabytes() - before).isLessThan(ALLOWED_MEGABYTES);
    }

    private void decode(int count, Framing framing, byte[]... files) {
        for (int i = 0; i < count; i++) {
            try {
                decoder.decode(files[i % files.length], framing);
            } catch (ImageRefusedException e) {
                assertThat(e.code()).isEqualTo(Code.IMAGE_UNDECODABLE);
            }
        }
    }

    private static long residentMegabytes() throws Exception {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            var resident = lines.filter(line -> line.startsWith("VmRSS:")).findFirst();
            return Long.parseLong(resident.orElseThrow().replaceAll("\\D+", "")) / 1024;
        }
    }
}
