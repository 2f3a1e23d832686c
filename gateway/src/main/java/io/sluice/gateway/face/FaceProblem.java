package io.sluice.gateway.face;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a call about the caller's face is refused. Codes are contract. */
public enum FaceProblem implements ProblemKind {
    /** The caller did not consent. Ask the person, and send {@code consent=true}. */
    CONSENT_REQUIRED(HttpStatus.UNPROCESSABLE_ENTITY, "Consent is required");

    private final HttpStatus status;
    private final String title;

    FaceProblem(HttpStatus status, String title) {
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
