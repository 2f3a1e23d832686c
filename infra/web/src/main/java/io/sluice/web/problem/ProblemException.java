package io.sluice.web.problem;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends a request; the server answers with the problem. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** @param cause logged, never shown to the caller */
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

    /** {@return an exception whose answer tells the caller to send the request again after this time} */
    public static ProblemException comeBack(Duration after, ProblemKind code, String detail) {
        return new ProblemException(Problem.of(code, detail), null, after);
    }

    /** {@return the time for the {@code Retry-After} header; empty when the problem has none of its own} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return the problem that the caller receives} */
    public Problem problem() {
        return problem;
    }
}
