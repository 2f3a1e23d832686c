package io.sluice.gateway.job;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.problem.ProblemResponses;
import io.sluice.schemas.job.Job;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What became of an accepted request. */
@Controller("/api/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
@ProblemResponses
final class JobController {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** A job accepted by another gateway a moment ago is on its way here. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private final JobBoard board;
    private final JobTracker tracker;

    JobController(JobBoard board, JobTracker tracker) {
        this.board = board;
        this.tracker = tracker;
    }

    /**
     * The job.
     *
     * @param id from the answer that accepted the request
     * @return its state, with one line per stage
     */
    @Get("/{id}")
    @Operation(operationId = "getJob", summary = "What became of an accepted request")
    @ApiResponse(
            responseCode = "200",
            description = "the job's current state",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    JobView job(@PathVariable String id) {
        return JobView.of(find(id).orElseThrow(JobController::notFound));
    }

    private Optional<Job> find(String id) {
        return board.find(id)
                .or(() -> tracker.find(id))
                .or(() -> UUID.matcher(id).matches()
                        ? new Wait(ON_ITS_WAY, null).await(board.whenKnown(id))
                        : Optional.empty());
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemCode.JOB_NOT_FOUND, "No job has this id, or it ended over 30 days ago.");
    }
}
