package io.sluice.embedder;

import io.sluice.runtime.Failure;
import io.sluice.schemas.product.Embedding;

/** What became of one input. */
sealed interface Vector {
    /** It has a vector. */
    record Made(Embedding embedding) implements Vector {}

    /** It has none. */
    record Missing(Failure failure) implements Vector {}
}
