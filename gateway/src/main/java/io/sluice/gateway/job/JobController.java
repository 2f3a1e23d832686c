package io.sluice.gateway.job;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of an accepted request. */
@Controller("/api/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
@ProblemResponses
final class JobController {
    private final JobLookup jobs;
    private final JobEventResponses events;

    JobController(JobLookup jobs, JobEventResponses events) {
        this.jobs = jobs;
        this.events = events;
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
        return JobView.of(jobs.find(id).orElseThrow(JobController::notFound));
    }

    /**
     * The job's stages as they come; those it has already come first. The stream ends when the job is over.
     *
     * @param id from the answer that accepted the request
     * @param lastEventId the id of the last event that was received, to go on after it
     */
    @Get("/{id}/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Operation(
            operationId = "followJob",
            summary = "A job's stages as they come (server-sent events)",
            description = """
                    Events named `stage` have a line of the job's `stages` as data; the last one, named `end`, has the whole
                    job. Comments tell now and then that the line is alive, and where the job stands. With `Last-Event-ID`
                    the stream goes on after that event, at any gateway.""")
    @ApiResponse(
            responseCode = "200",
            description = "the stages, one event each",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM,
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(StageCursor.EXAMPLE)))
    @EndsWithNoContent
    HttpResponse<?> events(
            @PathVariable String id, @Nullable @Header(JobEventResponses.LAST_EVENT_ID) String lastEventId) {
        return events.follow(jobs.find(id).orElseThrow(JobController::notFound), StageCursor.after(lastEventId));
    }

    private static ProblemException notFound() {
        return new ProblemException(GatewayProblem.JOB_NOT_FOUND, "No job has this id, or it ended over 30 days ago.");
    }
}
