package io.sluice.gateway.access;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a call about accounts is refused. Codes are contract. */
public enum AccessProblem implements ProblemKind {
    /** No such user. */
    USER_NOT_FOUND(HttpStatus.NOT_FOUND, "User not found"),
    /** No such API key. */
    API_KEY_NOT_FOUND(HttpStatus.NOT_FOUND, "API key not found"),
    /** Another user has this name. Choose another name. */
    USERNAME_TAKEN(HttpStatus.CONFLICT, "The user name is taken"),
    /** No enabled admin would be left. Make another user an admin first. */
    LAST_ADMIN(HttpStatus.CONFLICT, "The last admin stays"),
    /** Postgres, which holds the accounts, did not answer. Check the database; send again. */
    ACCOUNTS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Accounts are not available");

    private final HttpStatus status;
    private final String title;

    AccessProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
