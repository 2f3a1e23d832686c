package io.sluice.gateway.access;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.web.problem.ProblemException;
import java.util.function.Supplier;

/** The refusals that all calls about accounts share. */
public final class Accounts {
    private Accounts() {}

    /**
     * {@return what Postgres answers}
     *
     * @throws ProblemException {@code ACCOUNTS_UNAVAILABLE} when Postgres is not available
     */
    public static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw Outage.or(
                    e, AccessProblem.ACCOUNTS_UNAVAILABLE, "Accounts cannot be read now; try again in a moment.");
        }
    }

    /** {@return the refusal of a caller that is not known} */
    public static ProblemException unauthenticated(String detail) {
        return new ProblemException(GatewayProblem.UNAUTHENTICATED, detail);
    }
}
