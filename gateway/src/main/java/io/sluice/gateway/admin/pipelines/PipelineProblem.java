package io.sluice.gateway.admin.pipelines;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a call about a pipeline is refused. Codes are contract. */
public enum PipelineProblem implements ProblemKind {
    /** No such pipeline; the detail names those that exist. */
    PIPELINE_NOT_FOUND(HttpStatus.NOT_FOUND, "Pipeline not found");

    private final HttpStatus status;
    private final String title;

    PipelineProblem(HttpStatus status, String title) {
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
