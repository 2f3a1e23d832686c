package io.sluice.embedder.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What people send as pictures: whole and cut, damaged and odd, and no pictures at all. */
public final class StrangeImages {
    private static final long SEED = 17;

    private StrangeImages() {}

    /** {@return files by what is strange about them} */
    public static Map<String, byte[]> all() {
        var files = new LinkedHashMap<String, byte[]>();
        var noise = ReferencePixels.noise(60, 40, SEED).image();
        var whole = Map.of(
                "JPEG", ImageFiles.written(noise, "jpeg"),
                "progressive JPEG", ImageFiles.written(noise, "jpeg", true),
                "PNG", ImageFiles.written(noise, "png"),
                "WebP", ImageFiles.webp(noise, 80),
                "GIF", ImageFiles.written(noise, "gif"));
        var random = new Random(SEED);
        whole.forEach((name, file) -> {
            for (int percent = 5; percent < 100; percent += 5) {
                files.put(name + ", first " + percent + " %", Arrays.copyOf(file, file.length * percent / 100));
            }
            for (int i = 0; i < 5; i++) {
                var damaged = file.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                files.put(name + ", a bit changed, " + i, damaged);
            }
        });
        files.putAll(odd());
        files.putAll(other());
        return files;
    }

    private static Map<String, byte[]> odd() {
        var frames = List.of(
                ReferencePixels.noise(60, 40, 1).image(),
                ReferencePixels.noise(60, 40, 2).image());
        return Map.of(
                "CMYK", CmykJpeg.of(10, 200, 30, 40),
                "animated GIF", ImageFiles.animatedGif(frames),
                "animated WebP", ImageFiles.animated("webp", frames),
                "1 x 1", ImageFiles.written(ReferencePixels.noise(1, 1, 1).image(), "png"),
                "20,000 x 1",
                        ImageFiles.written(ReferencePixels.noise(20_000, 1, 1).image(), "png"),
                "no zlib stream", ImageFiles.png(100, 100, "no zlib stream".getBytes(ISO_8859_1)),
                "30,000 x 30,000", ImageFiles.png(30_000, 30_000, new byte[9]));
    }

    private static Map<String, byte[]> other() {
        return Map.of(
                "nothing", new byte[0],
                "HEIC", "\0\0\0\030ftypheic\0\0\0\0mif1heic".getBytes(ISO_8859_1),
                "AVIF", "\0\0\0\030ftypavif\0\0\0\0mif1avif".getBytes(ISO_8859_1),
                "SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(ISO_8859_1),
                "text", "a text named mug.jpg".getBytes(ISO_8859_1),
                "noise", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    }
}
