package io.sluice.pictures.decode;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;

import io.sluice.pictures.container.ImageFormat;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.resize.BicubicResize;
import io.sluice.pictures.resize.Framing;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decodes the bytes of an image file to a framed picture, upright and in RGB. The container is walked through before
 * the decoder gets the file, so a file with a false size costs nothing.
 *
 * <p>Alpha is dropped, so hidden colors show, as in the preprocessing that published models were trained with. Of an
 * animation the first frame is taken. A JPEG much larger than the frame is decoded at a half, a quarter or an eighth of
 * its size.
 *
 * <p>Safe for use by many threads. Each call works on its caller's thread and leaves nothing behind. The native memory
 * that a file takes is known before it is decoded; when large images come together, callers of {@link #prepare} wait.
 */
public final class ImageDecoder {
    /** A reduced decode leaves at least this many pixels a side for each of the frame. The loss is below 0.3 of 255. */
    private static final int OVERSAMPLING = 2;

    /** Native memory for all images that are decoded at the same time. A larger image is decoded alone. */
    private static final int BUDGET_MEGABYTES = 400;

    private static final int MEGABYTE = 1_000_000;

    private final Semaphore memory = new Semaphore(BUDGET_MEGABYTES);
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
                        ? reduction(Math.min(image.width(), image.height()), framing.side() * OVERSAMPLING)
                        : 1;
                var megabytes = megabytes(image, reduction);
                await(megabytes);
                yield new Decoding(file, framing, reduction, megabytes);
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
        private final byte[] file;
        private final Framing framing;
        private final int reduction;
        private final int megabytes;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Decoding(byte[] file, Framing framing, int reduction, int megabytes) {
            this.file = file;
            this.framing = framing;
            this.reduction = reduction;
            this.megabytes = megabytes;
        }

        /**
         * Decodes the file, in native code that nothing can interrupt.
         *
         * @throws ImageRefusedException when its pixels do not decode
         */
        public Picture picture() {
            try (var pixels = codec.decode(file, reduction)) {
                return new Picture(framing.side(), framing.side(), BicubicResize.resize(pixels, framing));
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

    /** A reduction makes the picture smaller, but not what the decoder keeps beside it. */
    private static int megabytes(Inspection.Accepted image, int reduction) {
        var pixels = (long) image.width() * image.height();
        var bytes = pixels / reduction / reduction * CHANNELS + pixels * (image.bytesPerPixel() - CHANNELS);
        return (int) Math.min(BUDGET_MEGABYTES, bytes / MEGABYTE + 1);
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
