package io.sluice.gateway.job;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.door.JobAccess;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.job.Job;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows the jobs of accepted requests. */
@Controller("/api/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
@ProblemResponses
final class JobController {
    private final JobLookup jobs;
    private final JobEventResponses events;
    private final JobAccess access;

    JobController(JobLookup jobs, JobEventResponses events, JobAccess access) {
        this.jobs = jobs;
        this.events = events;
        this.access = access;
    }

    /**
     * Gets a job.
     *
     * @param id the job id from the answer that accepted the request
     * @return the job's status and stages
     */
    @Get("/{id}")
    @Operation(operationId = "getJob", summary = "Get the job of an accepted request")
    @ApiResponse(
            responseCode = "200",
            description = "the job's current state",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    JobView job(HttpRequest<?> request, @PathVariable String id) {
        return JobView.of(find(id, Principal.of(request)));
    }

    /**
     * Streams the stages of a job, starting with the existing ones. The stream ends when the job has ended.
     *
     * @param id the job id from the answer that accepted the request
     * @param lastEventId the id of the last event that the listener received; the stream continues after it
     */
    @Get("/{id}/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Operation(operationId = "followJob", summary = "Follow a job's stages (server-sent events)", description = """
                    Each event named `stage` has one entry of the job's `stages` as its data. The last event, named `end`,
                    has the whole job. From time to time a comment with the job's status shows that the connection is alive.
                    With `Last-Event-ID` the stream continues after that event, at any gateway.""")
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
            HttpRequest<?> request,
            @PathVariable String id,
            @Nullable @Header(JobEventResponses.LAST_EVENT_ID) String lastEventId) {
        return events.follow(find(id, Principal.of(request)), StageCursor.after(lastEventId));
    }

    /** Finds a job. A job that the caller may not see is not found. */
    private Job find(String id, Principal caller) {
        return jobs.find(id).filter(job -> access.permits(caller, job)).orElseThrow(JobController::notFound);
    }

    private static ProblemException notFound() {
        return new ProblemException(
                GatewayProblem.JOB_NOT_FOUND, "No job has this id, or it ended more than 30 days ago.");
    }
}
