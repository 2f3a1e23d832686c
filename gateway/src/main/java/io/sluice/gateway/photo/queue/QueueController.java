package io.sluice.gateway.photo.queue;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.job.JobLookup;
import io.sluice.gateway.job.JobView;
import io.sluice.gateway.photo.gallery.Galleries;
import io.sluice.gateway.photo.queue.QueueStats.Caches;
import io.sluice.gateway.photo.queue.QueueStats.GalleryCache;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.job.JobKind;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Shows the queue of photos to admins, at the paths and in the words of the former app. */
@Controller("/api/admin")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "operations")
@ProblemResponses
final class QueueController {
    private final QueueFigures figures;
    private final Galleries galleries;
    private final JobLookup jobs;

    QueueController(QueueFigures figures, Galleries galleries, JobLookup jobs) {
        this.figures = figures;
        this.galleries = galleries;
        this.jobs = jobs;
    }

    /** The cache is empty. */
    @Schema(name = "CacheCleared")
    record Cleared(
            @Schema(example = "success") String status,
            @Schema(example = "Cache cleared") String message) {}

    /** Counts. */
    @Get("/queue/stats")
    @Operation(
            operationId = "getQueueStats",
            summary = "Get the figures of the photo queue and of the gallery cache",
            description = """
                The queue's figures are those of the whole deployment, and survive restarts. The cache's figures are those
                of the gateway that answers, since its start.\
                """)
    @ApiResponse(
            responseCode = "200",
            description = "the figures",
            content = @Content(schema = @Schema(implementation = QueueStats.class)))
    QueueStats stats() {
        var cache = GalleryCache.of(galleries.size(), galleries.hits(), galleries.misses());
        return new QueueStats(figures.now(), new Caches(cache));
    }

    /**
     * Gets the job of one photo.
     *
     * @param id the job id from the answer that accepted the photo
     */
    @Get("/queue/jobs/{id}")
    @Operation(
            operationId = "getQueueJob",
            summary = "Get the job of a photo",
            description = "The same as `GET /api/v1/jobs/{id}`, for jobs of photos only. `subject` is the photo's id.")
    @ApiResponse(
            responseCode = "200",
            description = "the job's current state",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    JobView job(@PathVariable String id) {
        return jobs.find(id)
                .filter(job -> job.kind().equals(JobKind.PHOTO))
                .map(JobView::of)
                .orElseThrow(() -> new ProblemException(
                        GatewayProblem.JOB_NOT_FOUND,
                        "No job of a photo has this id, or it ended more than 30 days ago."));
    }

    /** Empties the caches. */
    @Post("/cache/clear")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "clearCache",
            summary = "Empty the gallery cache of every gateway",
            description = "The former app needed it. Here a change is shown within a second without it.")
    @ApiResponse(
            responseCode = "200",
            description = "every gateway reads galleries anew, the others within a second",
            content = @Content(schema = @Schema(implementation = Cleared.class)))
    Cleared clear() {
        galleries.forgetEverywhere();
        return new Cleared("success", "Cache cleared");
    }
}
