package io.sluice.bench.load;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.JpegWriter;
import io.sluice.pictures.resize.Framing;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.samplephotos.SamplePhotos;

/**
 * Previews of drawn photos of people. They are a third as wide as real ones, because the stand-in for Rekognition works on
 * the same cores, and would be what is measured.
 */
public final class Previews {
    private static final Framing FRAMING = new Framing(640, Framing.Fit.WITHIN);
    private static final int QUALITY = 85;
    private static final int PEOPLE = 5;
    private static final long SEED = 1;

    private Previews() {}

    /** Draws some of them, with none to four people on each. {@return copies of these} */
    public static DistinctJpegs draw(int count) {
        var decoder = new ImageDecoder(new ImageInspector(Limits.ofDefaults()));
        return DistinctJpegs.copies(SamplePhotos.of(PEOPLE, count, SEED).photos().stream()
                .map(photo -> preview(decoder, photo))
                .toList());
    }

    private static byte[] preview(ImageDecoder decoder, SamplePhoto photo) {
        return JpegWriter.write(decoder.decode(photo.jpeg(), FRAMING), QUALITY);
    }
}
