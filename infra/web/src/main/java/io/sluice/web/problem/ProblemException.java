package io.sluice.web.problem;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** @param cause what is behind it, for the log; never shown to the caller */
    public ProblemException(Problem problem, @Nullable Throwable cause) {
        this(problem, cause, null);
    }

    private ProblemException(Problem problem, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(problem.code() + ": " + problem.detail(), cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public ProblemException(ProblemKind code, String detail) {
        this(Problem.of(code, detail), null);
    }

    public ProblemException(ProblemKind code, String detail, Throwable cause) {
        this(Problem.of(code, detail), cause);
    }

    /** {@return the end of a request that may be sent again after a while} */
    public static ProblemException comeBack(Duration after, ProblemKind code, String detail) {
        return new ProblemException(Problem.of(code, detail), null, after);
    }

    /** {@return when to come back; empty when there is no telling} */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return what the caller is told} */
    public Problem problem() {
        return problem;
    }
}
