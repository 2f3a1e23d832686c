package io.sluice.embedder.model;

import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import io.sluice.schemas.product.Embedding;
import java.util.List;
import java.util.Map;

/**
 * Turns texts and pictures into vectors of length 1. The other inputs of a list change the vector of an input by
 * rounding errors at most. A call computes on the caller's thread, and many threads may call at once.
 */
public interface EmbeddingModel extends AutoCloseable {
    /** {@return the name of the model, such as {@code builtin}} */
    String name();

    /** {@return a text that changes whenever the vectors change; it is part of the key of cached vectors} */
    String revision();

    /** {@return the number of dimensions by vector name, see {@link io.sluice.schemas.product.ProductVectors}} */
    Map<String, Integer> dimensions();

    /** {@return whether texts and pictures share one space, so that a text can be near a picture} */
    boolean sharedSpace();

    /** {@return the framing that pictures must have} */
    Framing framing();

    /** {@return the best amount of input for one call} */
    Portion portion();

    /** Returns one vector for each text, in order. The memory grows with the number of texts times the longest text. */
    List<Embedding> embedTexts(List<String> texts);

    /** Returns one vector for each picture, in order. The pictures must have the framing of {@link #framing}. */
    List<Embedding> embedImages(List<Picture> pictures);

    /** Waits for calls in flight, then frees native memory. Later calls fail. */
    @Override
    void close();
}
