package io.sluice.images;

/** Walks an image's container from its first byte to its last without decoding a pixel. */
public final class ImageInspector {
    private final Limits limits;

    public ImageInspector(Limits limits) {
        this.limits = limits;
    }

    /**
     * What is let through.
     *
     * @param maxBytes of the file
     * @param maxPixels width times height, from the header
     * @param maxSide longest width or height, from the header
     */
    public record Limits(long maxBytes, long maxPixels, int maxSide) {
        /** {@return 15 MB, 50 megapixels, 30,000 pixels a side} */
        public static Limits ofDefaults() {
            return new Limits(15L * 1024 * 1024, 50_000_000, 30_000);
        }
    }

    /** {@return what the bytes are} */
    public Inspection inspect(byte[] bytes) {
        if (bytes.length == 0) {
            return new Inspection.Refused(Inspection.Code.IMAGE_EMPTY, "the image has no bytes");
        }
        return new Inspection.Refused(
                Inspection.Code.IMAGE_FORMAT_UNSUPPORTED, "more than " + limits.maxSide() + " pixels");
    }
}
