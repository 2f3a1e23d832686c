package io.sluice.gateway.admin.letters.redrive;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.gateway.admin.letters.view.LetterView;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.problem.ProblemResponses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;

/** Sends dead letters back, and discards them. */
@Controller("/api/v1/admin/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "dead letters")
@ProblemResponses
final class RedriveController {
    private final Redriver redriver;
    private final RedriveForms forms;

    RedriveController(Redriver redriver, RedriveForms forms) {
        this.redriver = redriver;
        this.forms = forms;
    }

    /**
     * A letter that was sent back.
     *
     * @param jobId the job that reports what becomes of the record
     * @param matched always 1
     */
    @Schema(name = "DeadLetterSentBack")
    record SentBack(String jobId, long matched) {}

    /**
     * Sends one letter back.
     *
     * @param topic the dead-letter topic, without the prefix of the deployment
     * @param id {@code partition-offset}
     */
    @Post("/{topic}/{id}/redrive")
    @Consumes(MediaType.ALL)
    @Operation(operationId = "redriveDeadLetter", summary = "Send a dead letter back", description = """
                    Without a body, the record goes as it is to the consumer group that gave it up, and to no other. With
                    `value`, a product is edited: the value is checked, and goes to `products.v1` as a new record. It is 409
                    `ENTITY_HAS_NEWER_VERSION`, with the differences in `diff`, when the product has changed since; and 409
                    `ENTITY_HAS_OPEN_JOB` while a change of it is under way. A letter that is mended or discarded is 409,
                    and so is one that was sent back three times, without `force`.""")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RedriveForms.OneSchema.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the letter is sent back; `Location` is the path of the job",
            content = @Content(schema = @Schema(implementation = SentBack.class)))
    HttpResponse<SentBack> one(HttpRequest<?> request, @PathVariable String topic, @PathVariable String id) {
        var form = forms.one(request);
        var who = Principal.of(request).name();
        var jobId = form.value() == null
                ? redriver.redrive(topic, id, form.force(), who)
                : redriver.redriveEdited(topic, id, form.value(), form.force(), who);
        return HttpResponse.<SentBack>accepted(URI.create("/api/v1/jobs/" + jobId))
                .body(new SentBack(jobId, 1));
    }

    /**
     * Discards a letter.
     *
     * @param topic the dead-letter topic, without the prefix of the deployment
     * @param id {@code partition-offset}
     */
    @Post("/{topic}/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "discardDeadLetter",
            summary = "Note why nothing is to be done about a dead letter",
            description = "A discarded letter is not open any more, and cannot be sent back.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RedriveForms.DiscardSchema.class)))
    @ApiResponse(
            responseCode = "202",
            description = "the letter after the change",
            content = @Content(schema = @Schema(implementation = LetterView.class)))
    HttpResponse<LetterView> discard(HttpRequest<?> request, @PathVariable String topic, @PathVariable String id) {
        var letter = redriver.discard(
                topic, id, forms.reason(request), Principal.of(request).name());
        return HttpResponse.accepted().body(LetterView.of(letter));
    }
}
