package io.sluice.stores;

import io.sluice.runtime.FailureTranslator;
import io.sluice.stores.objects.S3Errors;
import io.sluice.stores.postgres.PostgresErrors;
import io.sluice.stores.qdrant.QdrantErrors;

/** The tables of all stores as one. */
public final class StoreErrors {
    private static final FailureTranslator ALL =
            new PostgresErrors().or(new QdrantErrors()).or(new S3Errors());

    private StoreErrors() {}

    /** {@return what any store's exception means} */
    public static FailureTranslator table() {
        return ALL;
    }
}
