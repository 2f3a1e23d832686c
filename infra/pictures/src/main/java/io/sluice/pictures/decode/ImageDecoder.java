package io.sluice.pictures.decode;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;

import io.sluice.pictures.container.ImageFormat;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Still;
import io.sluice.pictures.resize.BicubicResize;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decodes the bytes of an image file to a framed picture, upright and in RGB. The container is walked through before
 * the decoder gets the file, so a file with a false size costs nothing.
 *
 * <p>A transparent picture is laid on white, unless the framing says otherwise. Of an animation the still picture is
 * taken, see {@link Still}. A JPEG much larger than the frame is decoded at a half, a quarter or an eighth of
 * its size.
 *
 * <p>Safe for use by many threads. Each call works on its caller's thread and leaves nothing behind. The native memory
 * that a file takes is known before it is decoded; when large images come together, callers of {@link #prepare} wait.
 */
public final class ImageDecoder {
    /**
     * Changes whenever the same file gives other pixels; it is part of the key of cached vectors. Since {@code
     * pictures-2} transparent pictures are on white, PNG and WebP are turned upright, and of an animated PNG the default
     * image is taken.
     */
    public static final String REVISION = "pictures-2";

    /**
     * A reduced decode leaves at least this many pixels a side for each of a square that a model sees. The loss is below
     * 0.3 of 255.
     */
    private static final int OVERSAMPLING = 2;

    /** Native memory for all images that are decoded at the same time. A larger image is decoded alone. */
    private static final int BUDGET_MEGABYTES = 400;

    private static final int MEGABYTE = 1_000_000;

    /** In order of arrival, or an image that takes the whole budget would wait as long as smaller ones come. */
    private final Semaphore memory = new Semaphore(BUDGET_MEGABYTES, true);

    private final ImageInspector inspector;
    private final Codec codec;

    /** A decoder that uses OpenCV. */
    public ImageDecoder(ImageInspector inspector) {
        this(inspector, OpenCv.load());
    }

    public ImageDecoder(ImageInspector inspector, Codec codec) {
        this.inspector = inspector;
        this.codec = codec;
    }

    /**
     * Decodes a file.
     *
     * @throws ImageRefusedException when the file is not a complete image of an accepted format and size
     */
    public Picture decode(byte[] file, Framing framing) {
        try (var decoding = prepare(file, framing)) {
            return decoding.picture();
        }
    }

    /**
     * Inspects a file and waits until there is memory to decode it.
     *
     * @return the decoding, which holds the memory until it is closed
     * @throws ImageRefusedException when the file is not a complete image of an accepted format and size
     * @throws RejectedExecutionException when the thread is interrupted while it waits
     */
    public Decoding prepare(byte[] file, Framing framing) {
        return switch (inspector.inspect(file)) {
            case Inspection.Refused(var code, var reason) -> throw new ImageRefusedException(code, reason);
            case Inspection.Accepted image -> {
                var reduction = image.format() == ImageFormat.JPEG
                        ? reduction(framing.scaledSide(image.width(), image.height()), wanted(framing))
                        : 1;
                var megabytes = megabytes(image, reduction);
                await(megabytes);
                yield new Decoding(image, framing, reduction, megabytes);
            }
        };
    }

    private void await(int megabytes) {
        try {
            memory.acquire(megabytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("stopped before there was memory to decode an image", e);
        }
    }

    /** A file for which there is memory. */
    public final class Decoding implements AutoCloseable {
        private final Inspection.Accepted image;
        private final Framing framing;
        private final int reduction;
        private final int megabytes;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Decoding(Inspection.Accepted image, Framing framing, int reduction, int megabytes) {
            this.image = image;
            this.framing = framing;
            this.reduction = reduction;
            this.megabytes = megabytes;
        }

        /** {@return what is known of the image without decoding it} */
        public Inspection.Accepted image() {
            return image;
        }

        /**
         * Decodes the file, in native code that nothing can interrupt.
         *
         * @throws ImageRefusedException when its pixels do not decode
         */
        public Picture picture() {
            try (var pixels = codec.decode(image.still(), reduction, framing.transparency())) {
                if (image.format() == ImageFormat.JPEG
                        && Cut.isPossible(pixels)
                        && !image.still().hasAllData()) {
                    throw new ImageRefusedException(
                            Code.IMAGE_TRUNCATED, "the image is not complete: a part of its pixels is missing");
                }
                return Picture.of(BicubicResize.resize(pixels, framing));
            }
        }

        /** Gives the memory back. Call it when the file is decoded, or when the caller has given up waiting. */
        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                memory.release(megabytes);
            }
        }
    }

    /**
     * A reduction makes the picture smaller, but not what the decoder keeps beside it. While sides are swapped, the
     * picture is there twice.
     */
    private static int megabytes(Inspection.Accepted image, int reduction) {
        var pixels = (long) image.width() * image.height();
        var pictures = image.still().orientation().swapsSides() ? 2 : 1;
        var bytes = pixels / reduction / reduction * CHANNELS * pictures + pixels * (image.bytesPerPixel() - CHANNELS);
        return (int) Math.min(BUDGET_MEGABYTES, bytes / MEGABYTE + 1);
    }

    private static int wanted(Framing framing) {
        return framing.fit() == Fit.WITHIN ? framing.side() : framing.side() * OVERSAMPLING;
    }

    private static int reduction(int side, int wanted) {
        for (int reduction : new int[] {8, 4, 2}) {
            if (side / reduction >= wanted) {
                return reduction;
            }
        }
        return 1;
    }
}
