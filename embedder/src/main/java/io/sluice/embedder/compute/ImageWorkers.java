package io.sluice.embedder.compute;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageDecoder.Decoding;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.resize.Framing;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Decodes images on the pool, for products, photos and queries alike. Calls block, and throw the exception of the work. */
public final class ImageWorkers {
    private final ImageDecoder decoder;
    private final CpuPool pool;
    private final Duration decodeLimit;

    /** @param decodeLimit how long one image may take to decode */
    public ImageWorkers(ImageDecoder decoder, CpuPool pool, Duration decodeLimit) {
        this.decoder = decoder;
        this.pool = pool;
        this.decodeLimit = decodeLimit;
    }

    /**
     * Decodes an image file.
     *
     * @param work takes from the decoding what the caller wants, on a thread of the pool
     * @throws ImageRefusedException when the image cannot be used, or its decoding takes too long
     * @throws RejectedExecutionException when the pool is closed, or the caller is interrupted, before the decoding
     *     begins
     */
    public <T> T decode(byte[] file, Framing framing, Lane lane, Function<Decoding, T> work) {
        try {
            // the caller waits for memory here, because a waiting thread of the pool would block other work
            var decoding = decoder.prepare(file, framing);
            return ModelWorkers.await(pool.submit(lane, decodeLimit, () -> work.apply(decoding))
                    .whenComplete((_, _) -> decoding.close()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new ImageRefusedException(
                        Code.IMAGE_TOO_SLOW, "the image was not decoded within " + decodeLimit.toMillis() + " ms");
            }
            throw e;
        }
    }

    /** {@return the result of other work on a decoded image} */
    public <T> T compute(Lane lane, Callable<T> work) {
        return ModelWorkers.await(pool.submit(lane, work));
    }
}
