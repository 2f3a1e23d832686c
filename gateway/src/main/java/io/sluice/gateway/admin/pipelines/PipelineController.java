package io.sluice.gateway.admin.pipelines;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.principal.Principal;
import io.sluice.schemas.event.Checks;
import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Shows the pipelines of all services to admins, and lets them pause and resume pipelines. */
@Controller("/api/v1/admin/pipelines")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "operations")
@ProblemResponses
final class PipelineController {
    private static final String REASON = "reason";
    private static final BodyFields PAUSE = BodyFields.ofTexts(FormLimits.ofBody(16 * 1024), REASON);

    private final PipelineLookup pipelines;
    private final PipelineSwitch decisions;
    private final OpenLetters letters;
    private final SubmissionReader bodies;

    PipelineController(
            PipelineLookup pipelines, PipelineSwitch decisions, OpenLetters letters, SubmissionReader bodies) {
        this.pipelines = pipelines;
        this.decisions = decisions;
        this.letters = letters;
        this.bodies = bodies;
    }

    /** All pipelines. */
    @Schema(name = "Pipelines")
    record PipelineList(List<PipelineView> pipelines) {}

    /** Why a pipeline is to be paused. */
    @Schema(name = "Pause")
    record PauseSchema(
            @Schema(maxLength = PipelineControl.LONGEST_REASON, example = "Qdrant moves to another machine")
            String reason) {}

    /** Lists the pipelines. */
    @Get
    @Operation(
            operationId = "listPipelines",
            summary = "List the pipelines of all services, and how they are",
            description = """
                Lag and instances come from the brokers, so a service that is down shows: its pipelines are `stalled`
                and have 0 instances. The status comes from the instances, which report every 5 seconds.\
                """)
    @ApiResponse(
            responseCode = "200",
            description = "all pipelines",
            content = @Content(schema = @Schema(implementation = PipelineList.class)))
    PipelineList list() {
        return new PipelineList(pipelines.views(pipelines.known().values(), letters.byProcessor()));
    }

    /**
     * Pauses a pipeline.
     *
     * @param name the name from the list
     */
    @Post("/{name}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "pausePipeline", summary = "Pause a pipeline", description = """
        Every instance stops within 2 seconds, after the batch that it is handling. The pause survives
        restarts, and an instance that starts later is paused too. Records wait in their topic; none is lost.\
        """)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PauseSchema.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the pipeline; the pause is durable",
            content = @Content(schema = @Schema(implementation = PipelineView.class)))
    PipelineView pause(HttpRequest<?> request, @PathVariable String name) {
        var reason = bodies.read(request, PAUSE, (form, wrong) -> {
            var text = wrong.check(() -> Checks.text(REASON, form.text(REASON), PipelineControl.LONGEST_REASON), "");
            wrong.throwIfAny();
            return text;
        });
        return view(decisions.pause(name, reason, Principal.of(request)));
    }

    /**
     * Resumes a pipeline.
     *
     * @param name the name from the list
     */
    @Post("/{name}/resume")
    @Consumes(MediaType.ALL)
    @Operation(
            operationId = "resumePipeline",
            summary = "Resume a pipeline that was paused",
            description = "It goes on within 2 seconds where it stopped. A pipeline that is not paused stays as it is.")
    @ApiResponse(
            responseCode = "200",
            description = "the pipeline; the decision is durable",
            content = @Content(schema = @Schema(implementation = PipelineView.class)))
    PipelineView resume(HttpRequest<?> request, @PathVariable String name) {
        return view(decisions.resume(name, Principal.of(request)));
    }

    private PipelineView view(KnownPipeline pipeline) {
        return pipelines.views(List.of(pipeline), letters.byProcessor()).getFirst();
    }
}
