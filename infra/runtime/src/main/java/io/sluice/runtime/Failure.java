package io.sluice.runtime;

import org.jspecify.annotations.Nullable;

/** Why a record could not be handled. The kind of failure decides what happens to the record next. */
public sealed interface Failure {
    /** {@return the code of this kind of failure} */
    FailureCode code();

    /** {@return what went wrong, worded for the record's sender; never holds a payload or a secret} */
    String detail();

    /** {@return the exception that caused it, whose class name goes to the dead letter and which goes to the log} */
    @Nullable Throwable cause();

    /** {@return whether a dependency is the cause, or may be} */
    default boolean mayBeOutage() {
        return switch (this) {
            case Fatal _ -> false;
            case Retryable retryable -> retryable.scope() == Scope.DEPENDENCY;
            case Unclear _ -> true;
        };
    }

    /** A retry cannot help: the record goes to the dead letters at once. */
    record Fatal(FailureCode code, String detail, @Nullable Throwable cause) implements Failure {
        public Fatal(FailureCode code, String detail) {
            this(code, detail, null);
        }
    }

    /** A retry may help. */
    record Retryable(
            FailureCode code,
            String detail,
            Scope scope,
            @Nullable Throwable cause) implements Failure {
        public Retryable(FailureCode code, String detail, Scope scope) {
            this(code, detail, scope, null);
        }
    }

    /**
     * A store answers, but with an error that may mean either: the store is in trouble, or it cannot take this record.
     * The runtime finds out which: it tries the record alone, between two probes of the dependencies.
     *
     * @param outage the failure when a probe fails
     * @param rejection the failure of the record when it fails again although both probes pass; retryable when it may
     *     be the fault of the moment, such as an answer that did not come in time
     */
    record Unclear(Retryable outage, Failure rejection) implements Failure {
        public Unclear {
            if (rejection.mayBeOutage()) {
                throw new IllegalArgumentException("a rejection blames the record, not a dependency");
            }
        }

        /**
         * {@return an unclear failure whose cause is not known when the dependencies work: the record is tried again
         * later, and given up only as far as the fuse allows}
         *
         * @param what what the dependency did, such as {@code Qdrant works, but does not answer for this record}
         */
        public static Unclear of(Retryable outage, String what) {
            return new Unclear(outage, new Retryable(RuntimeFailure.UNCLASSIFIED, what, Scope.RECORD, outage.cause()));
        }

        @Override
        public FailureCode code() {
            return outage.code();
        }

        @Override
        public String detail() {
            return outage.detail();
        }

        @Override
        public @Nullable Throwable cause() {
            return outage.cause();
        }
    }

    /** What a retryable failure is about: the record, or a dependency of all records. */
    enum Scope {
        /** The record itself: it is tried again a few times, then goes to the dead letters. */
        RECORD,
        /** Something that every record needs: the partition pauses, and the record loses no attempt. */
        DEPENDENCY,
    }
}
