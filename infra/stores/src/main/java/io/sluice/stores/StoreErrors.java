package io.sluice.stores;

import io.sluice.runtime.FailureTranslator;
import io.sluice.stores.objects.S3Errors;
import io.sluice.stores.postgres.PostgresErrors;
import io.sluice.stores.qdrant.QdrantErrors;

/** Translates the exceptions of Postgres, Qdrant and the object store into failures. */
public final class StoreErrors {
    private static final FailureTranslator ALL =
            new PostgresErrors().or(new QdrantErrors()).or(new S3Errors());

    private StoreErrors() {}

    /** {@return the translator for the exceptions of every store} */
    public static FailureTranslator table() {
        return ALL;
    }
}
