package io.sluice.gateway.admin.letters.batch;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.admin.letters.redrive.RedriveForms;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.TakesIdempotencyKey;
import io.sluice.gateway.principal.Principal;
import io.sluice.stores.letters.LetterFilter;
import io.sluice.stores.letters.LetterState;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends many dead letters back. */
@Controller("/api/v1/admin/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "dead letters")
@ProblemResponses
final class RedriveManyController {
    private static final String ROUTE = "redrive/";

    private final RedriveRequests redrives;
    private final RedriveForms forms;

    RedriveManyController(RedriveRequests redrives, RedriveForms forms) {
        this.redrives = redrives;
        this.forms = forms;
    }

    /**
     * A redrive of many letters.
     *
     * @param redriveId the id of the redrive; left out when the letters were only counted
     * @param matched how many letters match
     * @param jobId the job that shows the progress, and can be stopped; left out when the letters were only counted
     */
    @Schema(name = "DeadLettersSentBack")
    record SentBack(
            @Nullable String redriveId,
            long matched,
            @Nullable String jobId) {}

    /**
     * Sends many letters back.
     *
     * @param topic the dead-letter topic, without the prefix of the deployment
     */
    @Post("/{topic}/redrive")
    @TakesIdempotencyKey
    @Consumes(MediaType.ALL)
    @Operation(operationId = "redriveDeadLetters", summary = "Send the open letters of a topic back", description = """
                    Each record goes as it is to the consumer group that gave it up, `rate` letters a second (100 by default,
                    1 to 5,000). Without a body, all open letters of the topic are meant. Letters that were sent back three
                    times are skipped, and stay open. With `dry_run` the letters are only counted. The job shows how many are sent, and
                    `POST /api/v1/jobs/{id}/cancel` stops it.""")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RedriveForms.ManySchema.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the redrive has begun; `Location` is the path of its job",
            content = @Content(schema = @Schema(implementation = SentBack.class)))
    @ApiResponse(
            responseCode = "200",
            description = "how many letters match (`dry_run`)",
            content = @Content(schema = @Schema(implementation = SentBack.class)))
    HttpResponse<SentBack> many(HttpRequest<?> request, @PathVariable String topic) {
        var form = forms.many(request);
        var filter = new LetterFilter(topic, form.code(), form.key(), form.since(), LetterState.OPEN);
        if (form.dryRun()) {
            return HttpResponse.ok(new SentBack(null, redrives.count(filter), null));
        }
        var caller = Principal.of(request);
        var key = IdempotencyKey.of(caller, request.getHeaders(), ROUTE + topic);
        var redrive = redrives.begin(key, filter, form.rate(), caller.name());
        return HttpResponse.<SentBack>accepted(URI.create("/api/v1/jobs/" + redrive.id()))
                .body(new SentBack(redrive.id(), redrive.progress().matched(), redrive.id()));
    }
}
