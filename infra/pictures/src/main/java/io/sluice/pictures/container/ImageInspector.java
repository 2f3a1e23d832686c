package io.sluice.pictures.container;

import io.sluice.pictures.container.Inspection.Accepted;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Inspection.Refused;

/**
 * Walks through an image's container from its first byte to its last without decoding a pixel. So a file that is no
 * image, or only the beginning of one, is refused before it is stored. Whatever the bytes are, it takes little memory and
 * time linear in the file's size, and never throws. It tells whether the still picture is complete in its container,
 * and gives its parts. Whether the pixels decode is known only after decoding. When the mark of the picture's end is
 * missing, its coded data is read to see whether it is whole; that is rare, takes about as long as decoding, and holds
 * the picture's part of the file a second time.
 *
 * <p>Safe for use by many threads.
 */
public final class ImageInspector {
    private static final long MEGA = 1_000_000;

    private final Limits limits;

    public ImageInspector(Limits limits) {
        this.limits = limits;
    }

    /**
     * The limits of an image that is accepted.
     *
     * @param maxBytes of the file
     * @param maxPixels width times height, from the header
     * @param maxSide longest width or height, from the header
     */
    public record Limits(long maxBytes, long maxPixels, int maxSide) {
        public Limits {
            if (maxBytes < 1 || maxPixels < 1 || maxSide < 1) {
                throw new IllegalArgumentException(
                        "image limits must be positive: " + maxBytes + ", " + maxPixels + ", " + maxSide);
            }
        }

        /** {@return 15 MB, 50 megapixels, 30,000 pixels a side} */
        public static Limits ofDefaults() {
            return new Limits(15L * 1024 * 1024, 50_000_000, 30_000);
        }
    }

    /** {@return whether the bytes are an image that is accepted} */
    public Inspection inspect(byte[] bytes) {
        if (bytes.length == 0) {
            return new Refused(Code.IMAGE_EMPTY, "the image has no bytes");
        }
        if (bytes.length > limits.maxBytes()) {
            return new Refused(
                    Code.IMAGE_TOO_LARGE,
                    "the image has " + bytes.length + " bytes; at most " + limits.maxBytes() + " are taken");
        }
        var content = new Bytes(bytes);
        return switch (Signature.of(content)) {
            case Signature.Image(var format) -> judge(format, walk(format, content));
            case Signature.Cut() -> new Refused(Code.IMAGE_TRUNCATED, "the image ends within its first bytes");
            case Signature.Other(var name) ->
                new Refused(Code.IMAGE_FORMAT_UNSUPPORTED, name + " is not supported; send JPEG, PNG, WebP or GIF");
            case Signature.Late(var before, var format) ->
                new Refused(
                        Code.IMAGE_MALFORMED,
                        "the image is damaged: " + before
                                + " stands before its first byte, so viewers do not show this " + format
                                + "; send it without");
            case Signature.Unknown() ->
                new Refused(Code.IMAGE_FORMAT_UNSUPPORTED, "this is not an image; send JPEG, PNG, WebP or GIF");
        };
    }

    private Walk walk(ImageFormat format, Bytes content) {
        return switch (format) {
            case JPEG -> new JpegContainer(content, limits.maxPixels()).walk();
            case PNG -> new PngContainer(content, limits.maxPixels()).walk();
            case WEBP -> new WebpContainer(content).walk();
            case GIF -> new GifContainer(content, limits.maxPixels()).walk();
        };
    }

    /** Checks the size first: the header tells it even when the rest is not complete. */
    private Inspection judge(ImageFormat format, Walk walk) {
        var pixels = (long) walk.width() * walk.height();
        if (pixels > limits.maxPixels() || Math.max(walk.width(), walk.height()) > limits.maxSide()) {
            return new Refused(
                    Code.IMAGE_TOO_MANY_PIXELS,
                    "the image is " + walk.width() + " x " + walk.height() + " pixels; at most "
                            + limits.maxPixels() / MEGA + " megapixels and " + limits.maxSide()
                            + " pixels a side are taken");
        }
        return switch (walk) {
            case Walk.Whole whole ->
                new Accepted(format, whole.width(), whole.height(), whole.bytesPerPixel(), whole.still());
            case Walk.Ended ended -> ended.problem();
        };
    }
}
