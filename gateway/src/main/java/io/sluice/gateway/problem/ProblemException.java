package io.sluice.gateway.problem;

import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** @param cause what is behind it, for the log; never shown to the caller */
    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code() + ": " + problem.detail(), cause);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String detail) {
        this(Problem.of(code, detail), null);
    }

    public ProblemException(ProblemCode code, String detail, Throwable cause) {
        this(Problem.of(code, detail), cause);
    }

    /** {@return what the caller is told} */
    public Problem problem() {
        return problem;
    }
}
