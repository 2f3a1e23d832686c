package io.sluice.runtime;

import org.jspecify.annotations.Nullable;

/** Why a record could not be handled, and so what becomes of it. */
public sealed interface Failure {
    /** {@return the name of this way to fail} */
    FailureCode code();

    /** {@return what went wrong, in words fit for the record's sender; never a payload or a secret} */
    String detail();

    /** {@return the exception behind it, for its class name and the log} */
    @Nullable Throwable cause();

    /** Trying again will not help: the record goes to the dead letters at once. */
    record Fatal(FailureCode code, String detail, @Nullable Throwable cause) implements Failure {
        public Fatal(FailureCode code, String detail) {
            this(code, detail, null);
        }
    }

    /** Trying again may help. */
    record Retryable(
            FailureCode code,
            String detail,
            Scope scope,
            @Nullable Throwable cause) implements Failure {
        public Retryable(FailureCode code, String detail, Scope scope) {
            this(code, detail, scope, null);
        }
    }

    /** Whose fault a retryable failure is. */
    enum Scope {
        /** This record's: it is tried again a few times, then goes to the dead letters. */
        RECORD,
        /** That of something every record needs: the partition pauses, and no attempt is spent. */
        DEPENDENCY,
    }
}
