package io.sluice.embedder.model;

import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import io.sluice.schemas.product.Embedding;
import java.util.List;
import java.util.Map;

/**
 * Turns texts and pictures into vectors of length 1. What a model makes of one input does not depend on what else is in
 * the list beyond the last bits of a float. Calls compute on their caller's thread, and many threads may call at once.
 */
public interface EmbeddingModel extends AutoCloseable {
    /** {@return the name it is configured by, such as {@code builtin}} */
    String name();

    /** {@return everything that changes its output, so that vectors may be kept under it} */
    String revision();

    /** {@return dimensions by vector name, see {@link io.sluice.schemas.product.ProductVectors}} */
    Map<String, Integer> dimensions();

    /** {@return whether texts and pictures share one space, so that a text can be near a picture} */
    boolean sharedSpace();

    /** {@return how it wants pictures framed} */
    Framing framing();

    /** {@return how much it is best given at a time} */
    Portion portion();

    /** {@return one vector for each text, in order; memory grows with the longest text times their number} */
    List<Embedding> embedTexts(List<String> texts);

    /** {@return one vector for each picture, in order; pictures come framed as {@link #framing} says} */
    List<Embedding> embedImages(List<Picture> pictures);

    /** Waits for calls in flight, then frees native memory; calls after that fail. */
    @Override
    void close();
}
