package io.sluice.gateway.job;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.docs.TakesLimit;
import io.sluice.gateway.docs.TakesQuery;
import io.sluice.gateway.door.JobAccess;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.sluice.web.value.Query;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the jobs of accepted requests, and stops them. */
@Controller("/api/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
@ProblemResponses
final class JobController {
    private static final String KIND = "kind";
    private static final String STATUS = "status";
    private static final String BEFORE = "before";

    private final JobLookup jobs;
    private final JobEventResponses events;
    private final JobAccess access;
    private final JobCancel cancellation;
    private final JobListing listing;

    JobController(
            JobLookup jobs, JobEventResponses events, JobAccess access, JobCancel cancellation, JobListing listing) {
        this.listing = listing;
        this.jobs = jobs;
        this.events = events;
        this.access = access;
        this.cancellation = cancellation;
    }

    /** Lists the latest jobs. */
    @Get
    @Operation(
            operationId = "listJobs",
            summary = "List the jobs of the last 30 days, newest first",
            parameters = {
                @Parameter(
                        name = KIND,
                        in = ParameterIn.QUERY,
                        description = "only jobs of this kind, such as `product` or `import`",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = STATUS,
                        in = ParameterIn.QUERY,
                        description = "only jobs with this status",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {
                                            "queued",
                                            "processing",
                                            "retrying",
                                            "succeeded",
                                            "failed",
                                            "dead",
                                            "superseded",
                                            "canceled"
                                        })),
                @Parameter(
                        name = BEFORE,
                        in = ParameterIn.QUERY,
                        description = "the value of `next` from the previous page, or a time",
                        schema = @Schema(type = "string"))
            })
    @TakesQuery({KIND, STATUS, BEFORE, Query.LIMIT})
    @TakesLimit
    @ApiResponse(
            responseCode = "200",
            description = "one page of jobs that the caller may see",
            content = @Content(schema = @Schema(implementation = JobListing.Page.class)))
    JobListing.Page list(HttpRequest<?> request) {
        var wrong = new FieldErrors();
        var parameters = request.getParameters();
        var limit = wrong.check(() -> Query.limit(parameters), Query.DEFAULT_LIMIT);
        var kind = wrong.check(() -> Optional.ofNullable(Query.single(parameters, KIND)), Optional.<String>empty());
        var status = wrong.check(
                () -> Optional.ofNullable(Query.single(parameters, STATUS)).map(JobController::status),
                Optional.<JobStatus>empty());
        var before = wrong.check(
                () -> Optional.ofNullable(Query.single(parameters, BEFORE))
                        .map(text -> JobListing.Place.parse(BEFORE, text)),
                Optional.<JobListing.Place>empty());
        wrong.throwIfAny();
        var filter = new JobListing.Filter(kind.orElse(null), status.orElse(null), before.orElse(null));
        return listing.page(Principal.of(request), filter, limit);
    }

    private static JobStatus status(String word) {
        return Stream.of(JobStatus.values())
                .filter(status -> status.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidEventException(
                        STATUS,
                        "must be one of "
                                + Stream.of(JobStatus.values())
                                        .map(JobStatus::wireName)
                                        .collect(Collectors.joining(", "))));
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
        With `Last-Event-ID` the stream continues after that event, at any gateway.\
        """)
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

    /**
     * Stops a job.
     *
     * @param id the job id from the answer that accepted the request
     * @return the canceled job
     */
    @Post("/{id}/cancel")
    @Consumes(MediaType.ALL)
    @Operation(operationId = "cancelJob", summary = "Stop a job", description = """
        Imports can be stopped, and redrives of dead letters. 409 `JOB_OVER` when the job has ended, and 409
        `JOB_NOT_CANCELABLE` when jobs of its kind cannot be stopped. What the job has done stays done.\
        """)
    @ApiResponse(
            responseCode = "200",
            description = "the canceled job; the same answer when it was canceled before",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    JobView cancel(HttpRequest<?> request, @PathVariable String id) {
        var caller = Principal.of(request);
        return JobView.of(cancellation.cancel(find(id, caller), caller));
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
