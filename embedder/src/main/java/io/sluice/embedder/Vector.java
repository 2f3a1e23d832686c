package io.sluice.embedder;

import io.sluice.runtime.Failure;
import io.sluice.schemas.product.Embedding;

/** The outcome of one input. */
sealed interface Vector {
    /** The input has a vector. */
    record Made(Embedding embedding) implements Vector {}

    /** The input has no vector, for this reason. */
    record Missing(Failure failure) implements Vector {}
}
