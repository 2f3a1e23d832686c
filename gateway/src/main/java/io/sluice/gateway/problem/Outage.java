package io.sluice.gateway.problem;

import io.sluice.runtime.Failure;
import io.sluice.stores.StoreErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;

/** Distinguishes a store that is not available from a defect of our own. */
public final class Outage {
    private Outage() {}

    /**
     * {@return the exception to throw: a problem with this code when the store is not available, else {@code thrown}}
     */
    public static RuntimeException or(RuntimeException thrown, ProblemKind code, String detail) {
        var away = StoreErrors.table().translate(thrown).stream().anyMatch(Failure::mayBeOutage);
        return away ? new ProblemException(code, detail, thrown) : thrown;
    }
}
