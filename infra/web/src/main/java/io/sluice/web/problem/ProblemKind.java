package io.sluice.web.problem;

import io.micronaut.http.HttpStatus;

/** A kind of problem. Each feature has an enum of its own kinds; the constants' names are the codes that callers see. */
public interface ProblemKind {
    /** {@return the code, for programs; it never changes} */
    String name();

    /** {@return the status it is answered with} */
    HttpStatus status();

    /** {@return what it is called, for people; the same for every occurrence} */
    String title();
}
