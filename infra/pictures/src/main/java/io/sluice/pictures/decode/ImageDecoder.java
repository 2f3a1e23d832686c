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
 * From the bytes of an image file to a framed picture, upright and in RGB. The container is walked to its end before any
 * decoder sees it, so a file that lies about its size costs nothing.
 *
 * <p>Alpha is dropped and hidden colors show, as in the preprocessing the published models were trained with. Of an
 * animation the first frame is taken. A JPEG much larger than the frame is decoded at a half, a quarter or an eighth of
 * its size. Safe for use by many threads; each call works on its caller's thread and leaves nothing behind. What decoding
 * takes of native memory is known beforehand; where large images meet, some wait, and none on a thread that computes.
 */
public final class ImageDecoder {
    /** A reduced decode leaves at least this many pixels for each one of the frame: what is lost is below 0.3 of 255. */
    private static final int OVERSAMPLING = 2;

    /** Native memory for what is decoded at a time, whatever the number of threads; a larger image is decoded alone. */
    private static final int BUDGET_MEGABYTES = 400;

    private static final int MEGABYTE = 1_000_000;

    private final Semaphore memory = new Semaphore(BUDGET_MEGABYTES);
    private final ImageInspector inspector;
    private final Codec codec;

    /** A decoder over OpenCV. */
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
     * @throws ImageRefusedException when it is not a whole image of a format and size taken in
     */
    public Picture decode(byte[] file, Framing framing) {
        try (var decoding = prepare(file, framing)) {
            return decoding.picture();
        }
    }

    /**
     * Looks at a file and waits until there is memory to decode it.
     *
     * @return its decoding, which has that memory until it is closed
     * @throws ImageRefusedException when it is not a whole image of a format and size taken in
     * @throws RejectedExecutionException when the thread is interrupted while it waits
     */
    public Decoding prepare(byte[] file, Framing framing) {
        return switch (inspector.inspect(file)) {
            case Inspection.Refused(var code, var reason) -> throw new ImageRefusedException(code.name(), reason);
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

    /** A file that can be decoded at once. */
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

        /** Lets others have the memory: when the file is decoded, and when nobody waits for it any more. */
        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                memory.release(megabytes);
            }
        }
    }

    /** The picture itself gets smaller with the reduction; what the decoder keeps beside it does not. */
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
