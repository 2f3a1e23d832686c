package io.sluice.gateway.problem;

import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.stores.StoreErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;

/** Tells a store that is away from a defect of ours. */
public final class Outage {
    private Outage() {}

    /** {@return what to throw instead: a 503 when the store is away, else the exception itself} */
    public static RuntimeException or(RuntimeException thrown, ProblemKind code, String detail) {
        var away = StoreErrors.table().translate(thrown).stream()
                .anyMatch(failure -> failure instanceof Retryable retryable && retryable.scope() == Scope.DEPENDENCY);
        return away ? new ProblemException(code, detail, thrown) : thrown;
    }
}
