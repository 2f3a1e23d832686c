package io.sluice.embedder.image;

import io.sluice.images.ImageFormat;
import io.sluice.images.ImageInspector;
import io.sluice.images.Inspection;
import java.util.concurrent.Semaphore;

/**
 * From the bytes of an image file to a framed picture, upright and in RGB. The container is walked to its end before any
 * decoder sees it, so a file that lies about its size costs nothing.
 *
 * <p>Alpha is dropped and hidden colors show, as in the preprocessing the published models were trained with. Of an
 * animation the first frame is taken. A JPEG much larger than the frame is decoded at a half, a quarter or an eighth of
 * its size. Safe for use by many threads; each call works on its caller's thread and leaves nothing behind. It holds three
 * bytes of native memory for each pixel decoded; where large images meet, some wait.
 */
public final class ImageDecoder {
    /** A reduced decode leaves at least this many pixels for each one of the frame: what is lost is below 0.3 of 255. */
    private static final int OVERSAMPLING = 2;

    /** What may be decoded at a time, whatever the number of threads: 120 megapixels, so 360 MB. */
    private static final int BUDGET = 120;

    private static final int MEGAPIXEL = 1_000_000;

    private final Semaphore megapixels = new Semaphore(BUDGET);
    private final ImageInspector inspector;
    private final OpenCv openCv;

    public ImageDecoder(ImageInspector inspector) {
        this.inspector = inspector;
        this.openCv = OpenCv.load();
    }

    /**
     * Decodes a file.
     *
     * @throws ImageRefusedException when it is not a whole image of a format and size taken in
     */
    public Picture decode(byte[] file, Framing framing) {
        return switch (inspector.inspect(file)) {
            case Inspection.Refused(var code, var reason) -> throw new ImageRefusedException(code.name(), reason);
            case Inspection.Accepted(var format, var width, var height) -> {
                var reduction = format == ImageFormat.JPEG
                        ? reduction(Math.min(width, height), framing.side() * OVERSAMPLING)
                        : 1;
                var cost = (int) Math.min(BUDGET, (long) width * height / reduction / reduction / MEGAPIXEL + 1);
                megapixels.acquireUninterruptibly(cost);
                try (var pixels = openCv.decode(file, reduction)) {
                    yield new Picture(framing.side(), framing.side(), BicubicResize.resize(pixels, framing));
                } finally {
                    megapixels.release(cost);
                }
            }
        };
    }

    private static int reduction(int shorter, int wanted) {
        for (int reduction : new int[] {8, 4, 2}) {
            if (shorter / reduction >= wanted) {
                return reduction;
            }
        }
        return 1;
    }
}
