package io.sluice.bench.micro;

import io.sluice.bench.load.Pictures;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decodes a file in memory to the square picture that CLIP needs: container check, decoding, resizing. */
@State(Scope.Benchmark)
public class DecodeRun {
    private static final int SIDE = 224;

    @Param("JPEG_1MP")
    public Sample sample = Sample.JPEG_1MP;

    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));
    private final Framing framing = new Framing(SIDE, Framing.Fit.CENTER_CROP);
    private byte[] file = new byte[0];

    /** A picture file. */
    public enum Sample {
        JPEG_1MP,
        JPEG_12MP,
        PNG_1MP,
        PNG_12MP;

        byte[] file() {
            return switch (this) {
                case JPEG_1MP -> Pictures.jpeg(1, 1200, 900);
                case JPEG_12MP -> Pictures.jpeg(1, 4000, 3000);
                case PNG_1MP -> Pictures.png(1, 1200, 900);
                case PNG_12MP -> Pictures.png(1, 4000, 3000);
            };
        }
    }

    /** Draws the picture. */
    @Setup
    public void draw() {
        file = sample.file();
    }

    /** Decodes one picture. */
    @Benchmark
    public Picture decode() {
        return decoder.decode(file, framing);
    }
}
