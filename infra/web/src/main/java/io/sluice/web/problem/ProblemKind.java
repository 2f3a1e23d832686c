package io.sluice.web.problem;

import io.micronaut.http.HttpStatus;

/** A kind of problem. Each feature has an enum of its kinds; callers see the names of the constants as codes. */
public interface ProblemKind {
    /** {@return the code, for programs; it never changes} */
    String name();

    /** {@return the HTTP status of the answer} */
    HttpStatus status();

    /** {@return the name for people; the same for every occurrence} */
    String title();
}
